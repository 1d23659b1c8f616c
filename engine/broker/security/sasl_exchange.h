#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace millrace::broker {

/// What came of one token of a client's.
struct SaslStep {
    enum class State { goesOn, proven, failed } state = State::failed;
    std::string token{}; ///< for the client; nothing is told to one that has failed
    std::string why{};   ///< of what has failed, for the log: no part of a password or a proof
};

/// One mechanism's way of finding out who a client is (RFC 4422): tokens by turns, the client's first, until it is
/// proven or has failed. One thread.
class SaslExchange {
public:
    virtual ~SaslExchange() = default;
    /// Precondition: the step before goes on.
    virtual SaslStep step(std::string_view token) = 0;
    /// Whom the client says it is, as far as it has said it; known for good once it is proven. Comes from the client:
    /// to be quoted and shortened.
    virtual const std::string& user() const = 0;
};

} // namespace millrace::broker
