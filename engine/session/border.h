#pragma once

#include "base/result.h"
#include "session/answer.h"
#include "session/requests.h"
#include "session/snapshot.h"
#include "session/snapshot_delta.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

/// The messages between a session and who watches it from another process or computer. The first one of each side is
/// its Hello; then requests go one way and events the other. json.h writes and reads them, frames.h delimits them.
namespace millrace::session {

/// The protocols that this side speaks. A new field or verb needs no new number, a changed meaning does.
constexpr std::int64_t kProtocolMin = 1, kProtocolMax = 1;

struct Hello {
    std::int64_t protocolMin = kProtocolMin, protocolMax = kProtocolMax;
    std::string program; ///< version of the program, for people
    Capabilities capabilities;
    static void fields(auto& io, auto& self) {
        io("protocolMin", self.protocolMin);
        io("protocolMax", self.protocolMax);
        io("program", self.program);
        io("capabilities", self.capabilities);
    }
    bool operator==(const Hello&) const = default;
};

/// The newest protocol that both speak; unsupported, naming both programs, where there is none.
Result<std::int64_t> commonProtocol(const Hello& ours, const Hello& theirs);

struct RequestMessage {
    RequestId id = 0;
    std::string verb;
    std::optional<Request> request; ///< absent: the verb is one of a newer peer
    bool operator==(const RequestMessage&) const = default;
};
/// What to answer when `request` is absent.
Answer verbUnknown(const RequestMessage& message);

/// What a session tells: its answers, and snapshots whole or as what changed.
using Event = std::variant<Hello, Answer, Snapshot, SnapshotDelta>;
inline std::string_view kindOf(const Hello&) {
    return "hello";
}
inline std::string_view kindOf(const Answer&) {
    return "answer";
}
inline std::string_view kindOf(const Snapshot&) {
    return "snapshot";
}
inline std::string_view kindOf(const SnapshotDelta&) {
    return "delta";
}

} // namespace millrace::session
