#include "net/endpoint.h"
#include "net/minute_log.h"
#include "net/tcp_connection.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <fmt/core.h>
#include <sys/socket.h>
#include <unordered_set>
#include <utility>

namespace millrace::net {

namespace {

using ReceiverFactory = std::function<std::unique_ptr<Receiver>()>;

constexpr int kAcceptsPerTurn = 64;
constexpr std::chrono::milliseconds kFirstPause{50};
constexpr std::chrono::milliseconds kLongestPause{1000};

/// The part of a listener that lives on the loop; pending waits share it.
class Acceptor : public std::enable_shared_from_this<Acceptor> {
public:
    Acceptor(EventLoop& loop, UniqueFd fd, const Limits& limits, ReceiverFactory factory)
        : loop_(loop),
          descriptor_(loop.impl().io),
          limits_(limits),
          factory_(std::move(factory)),
          refusedLog_(limits.log, limits.node, 1),
          brokenLog_(limits.log, limits.node, 10),
          unread_(std::make_shared<PeerBudget>("unread answers", limits.unreadBytes)),
          address_(localAddress(fd.get())) {
        descriptor_.assign(fd.release());
    }

    void start() {
        loop_.impl().atStop.emplace(this, [self = shared_from_this()] { self->stop(); });
        if (limits_.idle.count() > 0) sweep();
        arm();
    }

    void stop() {
        if (stopped_) return;
        stopped_ = true;
        loop_.impl().atStop.erase(this);
        loop_.clock().cancel(sweepTimer_);
        endAccepting();
        const auto closing = connections_;
        for (const auto& connection : closing)
            connection->closeNow(Error{ErrorCode::cancelled, "the listener was closed"});
    }

    void finish() {
        if (stopped_ || !accepts_) return;
        endAccepting();
        const auto finishing = connections_;
        for (const auto& connection : finishing)
            connection->takeNoMore();
    }

    const Address& address() const { return address_; }
    std::size_t connectionCount() const { return count_.load(std::memory_order_relaxed); }
    EventLoop& loop() { return loop_; }

private:
    void endAccepting() {
        if (!std::exchange(accepts_, false)) return;
        loop_.clock().cancel(timer_);
        boost::system::error_code ignored;
        descriptor_.close(ignored);
    }

    void arm() {
        descriptor_.async_wait(boost::asio::posix::descriptor_base::wait_read,
                               [self = shared_from_this()](const boost::system::error_code& error) {
                                   if (!error && self->accepts_) self->acceptSome();
                               });
    }

    void acceptSome() {
        for (int i = 0; i < kAcceptsPerTurn; ++i) {
            UniqueFd fd(::accept4(descriptor_.native_handle(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
            if (!fd) {
                if (errno == EINTR || errno == ECONNABORTED) continue;
                if (errno == EAGAIN) break;
                return pause(errno);
            }
            pause_ = kFirstPause;
            admit(std::move(fd));
        }
        loop_.impl().turnEnded();
        if (accepts_) arm();
    }

    /// Out of descriptors or memory: the connection stays in the kernel's queue, so waiting for it would spin.
    void pause(int errnoValue) {
        refusedLog_.warn(fmt::format("{}; trying again in {} ms",
                                     errnoError(errnoValue, "accept on " + address_.toString()).message,
                                     pause_.count()));
        loop_.impl().turnEnded();
        timer_ = loop_.clock().after(pause_, [self = shared_from_this()] {
            if (self->accepts_) self->acceptSome();
        });
        pause_ = std::min(pause_ * 2, kLongestPause);
    }

    void admit(UniqueFd fd) {
        if (connections_.size() >= limits_.connections) {
            refusedLog_.warn(fmt::format("{} already has {} connections, its limit: new ones are refused",
                                         address_.toString(), connections_.size()));
            return;
        }
        std::shared_ptr<void> ticket;
        if (limits_.admission) {
            auto admitted = limits_.admission(peerAddress(fd.get()));
            if (!admitted) return refusedLog_.warn(address_.toString() + ": " + admitted.error().message);
            ticket = std::move(*admitted);
        }
        auto connection = std::make_shared<TcpConnection>(loop_, std::move(fd),
                                                          TcpConnection::Carrier{limits_.transport, limits_.handshake},
                                                          factory_(), unread_, hooks(std::move(ticket)));
        connections_.insert(connection);
        count_.store(connections_.size(), std::memory_order_relaxed);
        connection->start();
    }

    /// `ticket` is dropped with them.
    TcpConnection::Hooks hooks(std::shared_ptr<void> ticket) {
        // The acceptor outlives its connections: stop() ends them all, and until then the listener holds it.
        return {[self = weak_from_this()](const TcpConnection& connection, const Error& error) {
                    if (const auto acceptor = self.lock())
                        acceptor->brokenLog_.warn("connection from " + connection.peer().toString() +
                                                  " closed: " + error.message);
                },
                [self = weak_from_this(), ticket = std::move(ticket)](TcpConnection& connection) {
                    if (const auto acceptor = self.lock()) acceptor->forget(connection);
                }};
    }

    void forget(TcpConnection& connection) {
        connections_.erase(connection.shared_from_this());
        count_.store(connections_.size(), std::memory_order_relaxed);
    }

    void sweep() {
        const MonotonicTime limit = loop_.clock().now() - limits_.idle;
        std::vector<std::shared_ptr<TcpConnection>> silent;
        for (const auto& connection : connections_)
            if (!connection->waitsForUs() && connection->lastActivity() < limit) silent.push_back(connection);
        for (const auto& connection : silent)
            connection->closeSilent(limits_.idle);
        const auto step = std::max(limits_.idle / 4, std::chrono::milliseconds(1));
        sweepTimer_ = loop_.clock().after(step, [self = weak_from_this()] {
            if (const auto acceptor = self.lock(); acceptor && !acceptor->stopped_) acceptor->sweep();
        });
    }

    EventLoop& loop_;
    boost::asio::posix::stream_descriptor descriptor_;
    Limits limits_;
    ReceiverFactory factory_;
    MinuteLog refusedLog_;
    MinuteLog brokenLog_;
    std::shared_ptr<PeerBudget> unread_;
    Address address_;
    std::unordered_set<std::shared_ptr<TcpConnection>> connections_;
    std::atomic<std::size_t> count_ = 0;
    std::chrono::milliseconds pause_ = kFirstPause;
    Clock::TimerId timer_ = 0;
    Clock::TimerId sweepTimer_ = 0;
    bool accepts_ = true;
    bool stopped_ = false;
};

class TcpListener final : public Listener {
public:
    explicit TcpListener(std::shared_ptr<Acceptor> acceptor) : acceptor_(std::move(acceptor)) {}
    ~TcpListener() override {
        acceptor_->loop().impl().runAndWait([&acceptor = acceptor_] { acceptor->stop(); });
    }
    Address address() const override { return acceptor_->address(); }
    void finish() override {
        acceptor_->loop().impl().runAndWait([&acceptor = acceptor_] { acceptor->finish(); });
    }
    std::size_t connectionCount() const override { return acceptor_->connectionCount(); }

private:
    std::shared_ptr<Acceptor> acceptor_;
};

Result<std::unique_ptr<Listener>> listenWith(EventLoop& loop, const Address& address, const Limits& limits,
                                             ReceiverFactory factory) {
    auto fd = openListeningSocket(address);
    if (!fd) return fd.error();
    std::shared_ptr<Acceptor> acceptor;
    loop.impl().runAndWait([&] {
        acceptor = std::make_shared<Acceptor>(loop, std::move(*fd), limits, std::move(factory));
        acceptor->start();
    });
    if (!acceptor) return Error{ErrorCode::cancelled, "listen on " + address.toString() + ": the event loop has ended"};
    return std::unique_ptr<Listener>(std::make_unique<TcpListener>(std::move(acceptor)));
}

} // namespace

Result<std::unique_ptr<Listener>> listenStream(EventLoop& loop, const Address& address, const Limits& limits,
                                               StreamHandlerFactory factory) {
    return listenWith(loop, address, limits, [factory = std::move(factory), limit = limits.streamBufferBytes] {
        return makeStreamReceiver(factory(), limit);
    });
}

Result<std::unique_ptr<Listener>> listenFrames(EventLoop& loop, const Address& address, const Limits& limits,
                                               FrameHandlerFactory factory) {
    auto budget =
        std::make_shared<PeerBudget>("unfinished frames", std::max(limits.unfinishedBytes, limits.frameBytes));
    return listenWith(loop, address, limits, [factory = std::move(factory), limit = limits.frameBytes, budget] {
        return makeFrameReceiver(factory(), limit, budget);
    });
}

} // namespace millrace::net
