#pragma once

#include "base/thread_clock.h"
#include "flume/sinks/irc/irc_line.h"
#include "net/client_socket.h"

#include <memory>
#include <span>
#include <string>

namespace millrace::flume {

struct IrcOptions {
    net::Address address;
    std::string nick;
    std::string user;     ///< empty: the nickname
    std::string name;     ///< empty: the nickname
    std::string password; ///< empty: none is sent
    std::string channel;  ///< with its number sign
    ThreadClock* clock = &systemThreadClock();
};

/// A client in one channel of an IRC server (RFC 2812). One thread; every call waits at most 20 s. After an error it is
/// of no use any more.
class IrcConnection {
public:
    /// Connects, registers and joins. A nickname that is taken is tried with one, two and three underscores behind it.
    /// Errors say what the server said. `interrupt` ends every wait from another thread.
    static Result<std::unique_ptr<IrcConnection>> connect(const IrcOptions& options,
                                                          std::shared_ptr<net::Interrupt> interrupt);
    ~IrcConnection();

    /// Says them in the channel, one after the other, and returns once the server has dealt with all of them: IRC
    /// confirms no message, but answers a PING behind them in its turn.
    Status say(std::span<const std::string> messages);
    /// Answers what the server has asked meanwhile, without waiting.
    Status answerWaiting();
    /// How long a message may be, so that a server does not cut it.
    std::size_t messageBytes() const;
    const std::string& nick() const { return nick_; } ///< the one that was free

private:
    IrcConnection(const IrcOptions& options, std::unique_ptr<net::ClientSocket> socket);
    Status enter();
    Status registerNick(MonotonicTime deadline);
    Status join(MonotonicTime deadline);
    Status awaitPong(const std::string& token, MonotonicTime deadline);
    Status send(const std::string& lines);
    /// The next line, which holds until the next call; PINGs are answered on the way, an ERROR is one.
    Result<IrcLine> next(MonotonicTime deadline);
    Status receive(MonotonicTime deadline);
    bool takeLine();
    MonotonicTime soon() const;
    /// The sentence's arguments: the server, `what`, and what the server said.
    Error refused(std::string_view sentence, std::vector<std::string> what, const IrcLine& line) const;

    IrcOptions options_;
    std::unique_ptr<net::ClientSocket> socket_;
    std::string nick_;
    std::string received_; ///< bytes behind the line in hand
    std::string line_;     ///< in hand
    std::uint64_t pings_ = 0;
};

} // namespace millrace::flume
