#pragma once

#include "base/file_system.h"
#include "base/result.h"
#include "session/snapshot.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace millrace::session {

using RequestId = std::int64_t; ///< from 1

/// Which verbs a runtime has: a watched Apache Flume has few. A reader offers only these.
struct Capabilities {
    bool start = false, apply = false, stop = false, nodes = false, taps = false, logs = false, bursts = false;
    static void fields(auto& io, auto& self) {
        io("start", self.start);
        io("apply", self.apply);
        io("stop", self.stop);
        io("nodes", self.nodes);
        io("taps", self.taps);
        io("logs", self.logs);
        io("bursts", self.bursts);
    }
    bool operator==(const Capabilities&) const = default;
};

struct Override {
    std::string key, value;
    static void fields(auto& io, auto& self) {
        io("key", self.key);
        io("value", self.value);
    }
    bool operator==(const Override&) const = default;
};

struct StartRequest {
    std::string document;             ///< the text
    std::string runDirectory;         ///< absolute; made when missing
    std::vector<std::string> only;    ///< agents, clusters, traffic, by name or id ("agent/web"); empty = all
    std::vector<Override> overrides;  ///< `--set`: full key, value
    std::vector<Override> systemProperties; ///< `-Dkey=value`, for ${sys:key}
    bool keepGoing = true;            ///< false: nothing starts when the document has an error
    std::int64_t metricsPort = 0;     ///< Flume's HTTP monitoring for the first agent; 0 = none
    static void fields(auto& io, auto& self) {
        io("document", self.document);
        io("runDirectory", self.runDirectory);
        io("only", self.only);
        io("overrides", self.overrides);
        io("systemProperties", self.systemProperties);
        io("keepGoing", self.keepGoing);
        io("metricsPort", self.metricsPort);
    }
    bool operator==(const StartRequest&) const = default;
};

struct RenamePair {
    std::string from, to; ///< node ids
    static void fields(auto& io, auto& self) {
        io("from", self.from);
        io("to", self.to);
    }
    bool operator==(const RenamePair&) const = default;
};

struct ApplyRequest {
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

/// One problem of a start, apply or stop, tied to a node.
struct Issue {
    std::string severity; ///< "error", "warning", "information"
    /// Which sentence `message` is: a diagnostic's code, or one of session/sentences.h. With `arguments` (%1, %2 …) a
    /// reader can say it in another language.
    std::string code;
    std::vector<std::string> arguments;
    std::string node;
    std::string message; ///< English
    std::int64_t line = 0, column = 0; ///< place in the document, from 1; 0 = none
    /// With "port-taken": the address that is taken and a free one that may replace it; else empty.
    std::string takenAddress, freeAddress;
    static void fields(auto& io, auto& self) {
        io("severity", self.severity);
        io("code", self.code);
        io("arguments", self.arguments);
        io("node", self.node);
        io("message", self.message);
        io("line", self.line);
        io("column", self.column);
        io("takenAddress", self.takenAddress);
        io("freeAddress", self.freeAddress);
    }
    bool operator==(const Issue&) const = default;
};

struct LeftEvents {
    std::string node;
    std::int64_t events = 0;
    bool lost = false; ///< false: kept on disk
    static void fields(auto& io, auto& self) {
        io("node", self.node);
        io("events", self.events);
        io("lost", self.lost);
    }
    bool operator==(const LeftEvents&) const = default;
};

/// The answer to one request. `ok` false: nothing of the request took effect, issues say why. True with errors among
/// the issues: all but what they name took effect.
struct Answer {
    RequestId request = 0;
    std::string verb; ///< "start", "apply", "stop", "startNode", …
    bool ok = false;
    std::vector<Issue> issues;
    std::vector<LeftEvents> left;        ///< stop, apply
    std::vector<std::string> changed;    ///< apply: ids changed in place
    std::vector<std::string> restarted;  ///< apply: ids built anew
    static void fields(auto& io, auto& self) {
        io("request", self.request);
        io("verb", self.verb);
        io("ok", self.ok);
        io("issues", self.issues);
        io("left", self.left);
        io("changed", self.changed);
        io("restarted", self.restarted);
    }
    bool operator==(const Answer&) const = default;
};

struct Header {
    std::string key, value;
    static void fields(auto& io, auto& self) {
        io("key", self.key);
        io("value", self.value);
    }
    bool operator==(const Header&) const = default;
};

/// One event or record that passed a tap. Bytes that are not UTF-8 travel as U+FFFD; `size` is the real size.
struct TapEvent {
    std::int64_t sequence = 0;
    std::int64_t timeMs = 0;
    std::vector<Header> headers;
    std::string body; ///< cut at the limit
    std::int64_t size = 0;
    std::optional<std::int32_t> partition; ///< records of a topic
    std::optional<std::int64_t> offset;
    std::optional<std::string> key;
    static void fields(auto& io, auto& self) {
        io("sequence", self.sequence);
        io("timeMs", self.timeMs);
        io("headers", self.headers);
        io("body", self.body);
        io("size", self.size);
        io("partition", self.partition);
        io("offset", self.offset);
        io("key", self.key);
    }
    bool operator==(const TapEvent&) const = default;
};
struct TapPage {
    std::string node;
    std::int64_t next = 0;    ///< cursor for the next call
    std::int64_t skipped = 0; ///< events that passed unseen since `after`
    std::vector<TapEvent> events;
    static void fields(auto& io, auto& self) {
        io("node", self.node);
        io("next", self.next);
        io("skipped", self.skipped);
        io("events", self.events);
    }
    bool operator==(const TapPage&) const = default;
};

struct LogLine {
    std::int64_t sequence = 0;
    std::int64_t timeMs = 0;
    std::string level; ///< "info", "warning", "error"
    std::string node;
    std::string text;
    static void fields(auto& io, auto& self) {
        io("sequence", self.sequence);
        io("timeMs", self.timeMs);
        io("level", self.level);
        io("node", self.node);
        io("text", self.text);
    }
    bool operator==(const LogLine&) const = default;
};
struct LogPage {
    std::int64_t next = 0;
    std::int64_t skipped = 0;
    std::vector<LogLine> lines;
    static void fields(auto& io, auto& self) {
        io("next", self.next);
        io("skipped", self.skipped);
        io("lines", self.lines);
    }
    bool operator==(const LogPage&) const = default;
};

/// A running system, wherever it runs. Commands take text and ids and return at once; what became of them comes as an
/// Answer to the listener. snapshot(), tap(), logs() and capabilities() never wait. One caller thread.
class Session {
public:
    virtual ~Session() = default; ///< stops without draining

    /// Called on a thread of the session's: post it to your own. Set once before the first command.
    virtual void onAnswer(std::function<void(const Answer&)> listener) = 0;
    virtual Capabilities capabilities() const = 0;

    virtual RequestId start(const StartRequest& request) = 0;
    virtual RequestId apply(const ApplyRequest& request) = 0;
    /// Drains at most `drainLimit`; a second stop while one is under way ends at once.
    virtual RequestId stop(std::chrono::milliseconds drainLimit) = 0;
    virtual RequestId startNode(const std::string& id) = 0;
    virtual RequestId stopNode(const std::string& id) = 0;
    /// Traffic at `perSecond` events a second for `duration` (at most a minute).
    virtual RequestId burst(const std::string& trafficId, double perSecond, std::chrono::milliseconds duration) = 0;

    /// The newest snapshot; never null (an empty one before the start). Any thread.
    virtual std::shared_ptr<const Snapshot> snapshot() const = 0;
    /// Live events of a component ("web/channels/buffer") or records of a topic ("topic/CLUSTER/NAME", cluster as in
    /// the snapshot). The first call opens the tap; one that is not read for 10 s closes by itself. `after`: 0, then
    /// the last page's `next`; one from an earlier run, or from before a component was built anew, is as 0.
    virtual Result<TapPage> tap(const std::string& id, std::int64_t after, std::size_t maxEvents,
                                std::size_t maxBodyBytes) = 0;
    virtual LogPage logs(std::int64_t after, std::size_t maxLines) const = 0;
};

/// Runs documents in this process: embedded brokers, agents, traffic. The session has a thread of its own for commands
/// and one sampler that builds a snapshot every 100 ms.
std::unique_ptr<Session> makeLocalSession(FileSystem& disk);

} // namespace millrace::session
