#pragma once

#include "flume/component_services.h"
#include "net/http_client.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>

namespace millrace::flume {

/// How long an unused connection stays open for calls that must not be repeated, as POST: many servers close theirs
/// after 5 s, and whoever meets that does not know what became of the call.
constexpr std::chrono::milliseconds kKeepForPost{4'000};

/// How a sink calls one server.
struct HttpPlace {
    net::HttpUrl url;
    net::TransportFactory transport; ///< TLS with the name of the server for https; else empty
};
/// Errors name what is wrong with the address.
Result<HttpPlace> httpPlace(const std::string& url);

/// Calls over HTTP for the thread of one runner, which waits for each answer while the sockets are served by the
/// agent's loop. Runner's thread, except interrupt().
class HttpExchange {
public:
    HttpExchange(const ComponentServices& services, net::HttpClientOptions options);

    void start(); ///< of the sink: waits are possible again
    void stop();  ///< of the sink: closes the connections
    /// The answer, whatever its status. Errors: those of the way there and back; `cancelled` once interrupted, while
    /// nobody knows what becomes of the call.
    Result<net::HttpAnswer> send(net::HttpCall call);
    /// False when it was interrupted.
    bool pause(std::chrono::milliseconds time);
    /// Ends what send() or pause() waits for, now and from now on. Any thread.
    void interrupt();

private:
    void answered(std::uint64_t call, Result<net::HttpAnswer> answer);

    const ComponentServices services_;
    const net::HttpClientOptions options_;
    ThreadClock& clock_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t calls_ = 0;
    std::optional<Result<net::HttpAnswer>> answer_; ///< of the last call
    bool interrupted_ = false;
    std::optional<net::HttpClient> client_; ///< runner; from the first call on, ends its calls before the others go
};

} // namespace millrace::flume
