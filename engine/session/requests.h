#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

/// What may be asked of a running system: one struct with one field list a verb. A verb is added by its struct, its
/// place in `Request` and a handler in each runtime that has it.
namespace millrace::session {

using RequestId = std::int64_t; ///< from 1

struct Override {
    std::string key, value;
    static void fields(auto& io, auto& self) {
        io("key", self.key);
        io("value", self.value);
    }
    bool operator==(const Override&) const = default;
};

struct RenamePair {
    std::string from, to; ///< node ids
    static void fields(auto& io, auto& self) {
        io("from", self.from);
        io("to", self.to);
    }
    bool operator==(const RenamePair&) const = default;
};

struct StartRequest {
    static constexpr std::string_view kVerb = "start";
    std::string document;                   ///< the text
    std::string runDirectory;               ///< absolute; made when missing
    std::vector<std::string> only;          ///< agents, clusters, traffic, by name or id ("agent/web"); empty = all
    std::vector<Override> overrides;        ///< `--set`: full key, value
    std::vector<Override> systemProperties; ///< `-Dkey=value`, for ${sys:key}
    std::vector<RenamePair> renames;        ///< since the run before: what was charted goes on under the new name
    bool keepGoing = true;                  ///< false: nothing starts when the document has an error
    std::int64_t metricsPort = 0;           ///< HTTP monitoring of the first agent, else of the first broker; 0 = none
    static void fields(auto& io, auto& self) {
        io("document", self.document);
        io("runDirectory", self.runDirectory);
        io("only", self.only);
        io("overrides", self.overrides);
        io("systemProperties", self.systemProperties);
        io("renames", self.renames);
        io("keepGoing", self.keepGoing);
        io("metricsPort", self.metricsPort);
    }
    bool operator==(const StartRequest&) const = default;
};

struct ApplyRequest {
    static constexpr std::string_view kVerb = "apply";
    std::string document;
    std::vector<RenamePair> renames;
    bool allowLoss = false; ///< false: a change that would lose events is refused with their number
    bool keepGoing = false; ///< true: what has an error is left out, as at a start; false: nothing is applied then
    static void fields(auto& io, auto& self) {
        io("document", self.document);
        io("renames", self.renames);
        io("allowLoss", self.allowLoss);
        io("keepGoing", self.keepGoing);
    }
    bool operator==(const ApplyRequest&) const = default;
};

/// Drains at most `drainMs`; a second stop while one is under way ends at once.
struct StopRequest {
    static constexpr std::string_view kVerb = "stop";
    std::int64_t drainMs = 0;
    static void fields(auto& io, auto& self) { io("drainMs", self.drainMs); }
    bool operator==(const StopRequest&) const = default;
};

struct StartNodeRequest {
    static constexpr std::string_view kVerb = "startNode";
    std::string node;
    static void fields(auto& io, auto& self) { io("node", self.node); }
    bool operator==(const StartNodeRequest&) const = default;
};

struct StopNodeRequest {
    static constexpr std::string_view kVerb = "stopNode";
    std::string node;
    static void fields(auto& io, auto& self) { io("node", self.node); }
    bool operator==(const StopNodeRequest&) const = default;
};

/// Traffic at `perSecond` events a second for `durationMs` (at most a minute).
struct BurstRequest {
    static constexpr std::string_view kVerb = "burst";
    std::string traffic; ///< node id
    double perSecond = 0;
    std::int64_t durationMs = 0;
    static void fields(auto& io, auto& self) {
        io("traffic", self.traffic);
        io("perSecond", self.perSecond);
        io("durationMs", self.durationMs);
    }
    bool operator==(const BurstRequest&) const = default;
};

/// Live events of a component ("web/channels/buffer") or records of a topic ("topic/CLUSTER/NAME", cluster as in the
/// snapshot). The first one opens the tap; one that is not read for 10 s closes by itself.
struct TapRequest {
    static constexpr std::string_view kVerb = "tap";
    static constexpr std::int64_t kMostEvents = 200, kMostBodyBytes = 16 * 1024; ///< more is not brought by one answer
    std::string node;
    /// 0, then the last page's `next`; one from an earlier run, or from before a component was built anew, is as 0.
    std::int64_t after = 0;
    std::int64_t maxEvents = 40;
    std::int64_t maxBodyBytes = 2048;
    static void fields(auto& io, auto& self) {
        io("node", self.node);
        io("after", self.after);
        io("maxEvents", self.maxEvents);
        io("maxBodyBytes", self.maxBodyBytes);
    }
    bool operator==(const TapRequest&) const = default;
};

/// Lines of the log after sequence `after` (0 = from the oldest kept).
struct ReadLogsRequest {
    static constexpr std::string_view kVerb = "readLogs";
    static constexpr std::int64_t kMostLines = 1'000;
    std::int64_t after = 0;
    std::int64_t maxLines = 200;
    static void fields(auto& io, auto& self) {
        io("after", self.after);
        io("maxLines", self.maxLines);
    }
    bool operator==(const ReadLogsRequest&) const = default;
};

/// One figure over time up to the newest sample. Sessions gather them by themselves, so that nothing is missing when
/// nobody has looked for a while.
struct HistoryRequest {
    static constexpr std::string_view kVerb = "history";
    static constexpr std::int64_t kMostMs = 3 * 3'600'000, kMostLines = 64, kMostColumns = 1'000;
    /// Events per second of sources, sinks and topics; records or milliseconds that a group is behind on each partition.
    /// Of a figure that the session does not know there are no lines.
    static constexpr std::string_view kThroughput = "throughput", kLagRecords = "lagRecords", kLagMs = "lagMs";
    std::string figure;
    std::string cluster, group;      ///< of lag
    std::int64_t windowMs = 60'000;  ///< how far back
    std::int64_t sinceMs = 0;        ///< but not further than this moment, of HistoryPage's clock
    std::int64_t maxLines = 6;       ///< the busiest get one each, the others one together
    std::int64_t maxColumns = 480;   ///< of each line
    std::vector<std::string> prefer; ///< ids that come before busier ones
    static void fields(auto& io, auto& self) {
        io("figure", self.figure);
        io("cluster", self.cluster);
        io("group", self.group);
        io("windowMs", self.windowMs);
        io("sinceMs", self.sinceMs);
        io("maxLines", self.maxLines);
        io("maxColumns", self.maxColumns);
        io("prefer", self.prefer);
    }
    bool operator==(const HistoryRequest&) const = default;
};

using Request = std::variant<StartRequest, ApplyRequest, StopRequest, StartNodeRequest, StopNodeRequest, BurstRequest,
                             TapRequest, ReadLogsRequest, HistoryRequest>;

/// Calls `visit(std::type_identity<R>())` for each kind of request.
template <typename Visit>
void forEachRequest(Visit&& visit) {
    [&]<typename... R>(std::type_identity<std::variant<R...>>) {
        (visit(std::type_identity<R>()), ...);
    }(std::type_identity<Request>());
}

inline std::string verbOf(const Request& request) {
    return std::visit([](const auto& one) { return std::string(one.kVerb); }, request);
}

/// Requests for what stands in memory: their answer waits for nothing.
template <typename R>
constexpr bool kRemembered = std::is_same_v<R, ReadLogsRequest> || std::is_same_v<R, HistoryRequest>;
/// Requests that only look: they change nothing, and do not wait for those that do.
template <typename R>
constexpr bool kOnlyLooks = std::is_same_v<R, TapRequest> || kRemembered<R>;

inline bool onlyLooks(const Request& request) {
    return std::visit([](const auto& one) { return kOnlyLooks<std::decay_t<decltype(one)>>; }, request);
}
inline bool isRemembered(const Request& request) {
    return std::visit([](const auto& one) { return kRemembered<std::decay_t<decltype(one)>>; }, request);
}

/// Which verbs a runtime has: a watched Apache Flume has few. A reader offers only these; those of a newer peer that
/// this side does not know do no harm.
struct Capabilities {
    std::vector<std::string> verbs;
    static void fields(auto& io, auto& self) { io("verbs", self.verbs); }
    bool operator==(const Capabilities&) const = default;

    bool has(std::string_view verb) const { return std::find(verbs.begin(), verbs.end(), verb) != verbs.end(); }
    template <typename R>
    bool has() const {
        return has(R::kVerb);
    }
    /// Of a runtime that can do everything.
    static Capabilities all() {
        Capabilities every;
        forEachRequest([&]<typename R>(std::type_identity<R>) { every.verbs.emplace_back(R::kVerb); });
        return every;
    }
};

} // namespace millrace::session
