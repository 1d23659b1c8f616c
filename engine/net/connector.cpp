#include "net/connector.h"

#include "base/sentences.h"
#include "net/name_lookup.h"
#include "net/tcp_connection.h"

#include <cerrno>
#include <fcntl.h>

namespace millrace::net {

namespace {

using boost::asio::posix::stream_descriptor;

/// What a peer may leave unread of what is sent to it.
constexpr std::size_t kUnreadLimit = 1024 * 1024 * 1024;

/// The way from a name to a connection. The loop's list of what has to be closed keeps it until it has ended.
class Dial final : public Outgoing, public std::enable_shared_from_this<Dial> {
public:
    Dial(EventLoop& loop, Address address, ConnectOptions options, std::unique_ptr<StreamHandler> handler,
         std::function<void(const Error&)> failed)
        : loop_(loop),
          address_(std::move(address)),
          options_(std::move(options)),
          handler_(std::move(handler)),
          failed_(std::move(failed)),
          lookup_(address_),
          waiting_(loop.impl().io),
          reason_(sentenceError(systemSentences(), ErrorCode::closed, "peer-closed", {address_.toString()}, true)) {}

    void start() {
        loop_.impl().atStop.emplace(this, [self = shared_from_this()] { self->cancel(); });
        timer_ = loop_.clock().after(options_.timeout, [self = shared_from_this()] {
            self->timer_ = 0;
            self->fail(sentenceError(systemSentences(), ErrorCode::timeout, "no-answer-in-time", {self->what()}, true));
        });
        // A descriptor of its own: the lookup may go on when nobody waits any longer.
        waiting_.assign(::fcntl(lookup_.descriptor(), F_DUPFD_CLOEXEC, 0));
        wait(stream_descriptor::wait_read, [this] { lookedUp(); });
    }

    void cancel() override {
        const auto self = shared_from_this();
        reason_ = {ErrorCode::cancelled, what() + ": cancelled"};
        if (const auto connection = connection_)
            connection->closeNow(reason_);
        else
            fail(reason_);
    }

private:
    std::string what() const { return "connect to " + address_.toString(); }

    void wait(stream_descriptor::wait_type type, std::function<void()> ready) {
        waiting_.async_wait(type, [self = shared_from_this(), ready](const boost::system::error_code& error) {
            if (error || self->ended_) return;
            ready();
            self->loop_.impl().turnEnded();
        });
    }

    void lookedUp() {
        auto endpoints = lookup_.take();
        if (!endpoints) return fail(endpoints.error());
        endpoints_ = std::move(*endpoints);
        tryNext({});
    }

    /// `last`: why the one before did not answer.
    void tryNext(const Error& last) {
        if (next_ == endpoints_.size()) return fail(last);
        const Endpoint& endpoint = endpoints_[next_++];
        UniqueFd fd(::socket(endpoint.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        if (!fd) return tryNext(errnoError(errno, what()));
        if (::connect(fd.get(), endpoint.get(), endpoint.length) != 0 && errno != EINPROGRESS && errno != EINTR)
            return tryNext(errnoError(errno, what()));
        boost::system::error_code ignored;
        waiting_.close(ignored);
        waiting_.assign(fd.release());
        wait(stream_descriptor::wait_write, [this] { answered(); });
    }

    void answered() {
        int failed = 0;
        socklen_t length = sizeof failed;
        ::getsockopt(waiting_.native_handle(), SOL_SOCKET, SO_ERROR, &failed, &length);
        if (failed != 0) return tryNext(errnoError(failed, what()));
        stopTimer(); // the handshake has one of its own
        const auto self = shared_from_this();
        TcpConnection::Hooks hooks{[self](const TcpConnection&, const Error& error) { self->reason_ = error; },
                                   [self](TcpConnection& connection) { self->closed(connection); }};
        connection_ = std::make_shared<TcpConnection>(
            loop_, UniqueFd(waiting_.release()), TcpConnection::Carrier{options_.transport, options_.timeout},
            makeStreamReceiver(std::move(handler_), options_.streamBufferBytes),
            std::make_shared<PeerBudget>("unread requests", kUnreadLimit), std::move(hooks));
        connection_->start();
    }

    void closed(const TcpConnection& connection) {
        if (!connection.wasOpened()) return fail(reason_);
        end();
    }

    void fail(const Error& error) {
        if (!end()) return;
        handler_.reset();
        failed_(error);
    }

    /// False when it had ended before.
    bool end() {
        if (std::exchange(ended_, true)) return false;
        stopTimer();
        boost::system::error_code ignored;
        waiting_.close(ignored);
        connection_.reset();
        loop_.impl().atStop.erase(this);
        return true;
    }

    void stopTimer() {
        if (timer_ != 0) loop_.clock().cancel(std::exchange(timer_, 0));
    }

    EventLoop& loop_;
    const Address address_;
    const ConnectOptions options_;
    std::unique_ptr<StreamHandler> handler_; ///< until there is a connection
    std::function<void(const Error&)> failed_;
    NameLookup lookup_;
    std::vector<Endpoint> endpoints_;
    std::size_t next_ = 0;
    stream_descriptor waiting_; ///< the lookup's, then the socket until it is connected
    std::shared_ptr<TcpConnection> connection_;
    Error reason_; ///< why the connection came to nothing
    Clock::TimerId timer_ = 0;
    bool ended_ = false;
};

} // namespace

std::shared_ptr<Outgoing> connectStream(EventLoop& loop, const Address& address, const ConnectOptions& options,
                                        std::unique_ptr<StreamHandler> handler,
                                        std::function<void(const Error&)> failed) {
    auto dial = std::make_shared<Dial>(loop, address, options, std::move(handler), std::move(failed));
    dial->start();
    return dial;
}

} // namespace millrace::net
