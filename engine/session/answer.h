#pragma once

#include "session/requests.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What comes back of a request.
namespace millrace::session {

/// One problem of a start, apply or stop, tied to a node.
struct Issue {
    std::string severity; ///< "error", "warning", "information"
    /// Which sentence `message` is: a diagnostic's code, or one of session/sentences.h. With `arguments` (%1, %2 …) a
    /// reader can say it in another language.
    std::string code;
    std::vector<std::string> arguments;
    std::string node;
    std::string message;               ///< English
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

/// A stretch without a gap: the smallest and the largest value of each step, as many of the one as of the other.
struct HistoryPiece {
    std::int64_t fromMs = 0; ///< where the first step begins
    std::vector<double> low, high;
    static void fields(auto& io, auto& self) {
        io("fromMs", self.fromMs);
        io("low", self.low);
        io("high", self.high);
    }
    bool operator==(const HistoryPiece&) const = default;
};
struct HistoryLine {
    std::string id; ///< node id, a topic as "topic/CLUSTER/NAME"; of lag "TOPIC/PARTITION"
    std::vector<HistoryPiece> pieces;
    static void fields(auto& io, auto& self) {
        io("id", self.id);
        io("pieces", self.pieces);
    }
    bool operator==(const HistoryLine&) const = default;
};
struct GroupKey {
    std::string cluster, group;
    static void fields(auto& io, auto& self) {
        io("cluster", self.cluster);
        io("group", self.group);
    }
    auto operator<=>(const GroupKey&) const = default;
};
struct HistoryPage {
    static constexpr std::size_t kMostNamed = 200;
    std::int64_t nowMs = 0;  ///< of the newest sample, by a clock that never goes back; 0 before the first
    std::int64_t fromMs = 0; ///< the beginning of what was asked for
    std::int64_t stepMs = 0;
    std::vector<HistoryLine> lines;    ///< the preferred first, then the busiest
    std::optional<HistoryLine> rest;   ///< those without one: events and records added up, of times the longest
    std::int64_t others = 0;           ///< how many these are
    std::vector<std::string> otherIds; ///< the busiest of them first, at most kMostNamed
    std::vector<GroupKey> groups;      ///< whose lag may be asked for
    static void fields(auto& io, auto& self) {
        io("nowMs", self.nowMs);
        io("fromMs", self.fromMs);
        io("stepMs", self.stepMs);
        io("lines", self.lines);
        io("rest", self.rest);
        io("others", self.others);
        io("otherIds", self.otherIds);
        io("groups", self.groups);
    }
    bool operator==(const HistoryPage&) const = default;
};

/// The answer to one request. `ok` false: nothing of the request took effect, issues say why. True with errors among
/// the issues: all but what they name took effect.
struct Answer {
    RequestId request = 0;
    std::string verb; ///< "start", "apply", "stop", "startNode", …
    bool ok = false;
    std::vector<Issue> issues;
    std::vector<LeftEvents> left;       ///< stop, apply
    std::vector<std::string> changed;   ///< apply: ids changed in place
    std::vector<std::string> restarted; ///< apply: ids built anew
    std::optional<TapPage> tap;         ///< tap
    std::optional<LogPage> logs;        ///< readLogs
    std::optional<HistoryPage> history; ///< history
    static void fields(auto& io, auto& self) {
        io("request", self.request);
        io("verb", self.verb);
        io("ok", self.ok);
        io("issues", self.issues);
        io("left", self.left);
        io("changed", self.changed);
        io("restarted", self.restarted);
        io("tap", self.tap);
        io("logs", self.logs);
        io("history", self.history);
    }
    bool operator==(const Answer&) const = default;
};

} // namespace millrace::session
