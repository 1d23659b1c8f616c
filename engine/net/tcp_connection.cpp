#include "net/tcp_connection.h"

#include "net/endpoint.h"

#include <boost/asio/post.hpp>

#include <array>
#include <cerrno>
#include <fmt/core.h>
#include <sys/socket.h>

namespace millrace::net {

namespace {

/// After so much from one connection the others get their turn.
constexpr std::size_t kReadBudgetBytes = 1024 * 1024;
constexpr std::size_t kPiecesPerWrite = 128;
/// How long a closed direction is read on, so that the peer gets our last answer instead of a reset (RFC
/// 1122 4.2.2.13).
constexpr std::chrono::milliseconds kLinger{1000};

} // namespace

TcpConnection::TcpConnection(EventLoop& loop, UniqueFd fd, std::unique_ptr<Receiver> receiver,
                             std::shared_ptr<PeerBudget> unread, Hooks hooks)
    : loop_(loop),
      receiver_(std::move(receiver)),
      hooks_(std::move(hooks)),
      peer_(peerAddress(fd.get())),
      local_(localAddress(fd.get())),
      unread_(std::move(unread)),
      unreadShare_(*unread_, [this](const Error& error) { refuse(error); }),
      lastActivity_(systemNow()) {
    setConnectionOptions(fd.get());
    descriptor_.emplace(loop.impl().io, fd.release());
}

void TcpConnection::start() {
    inHandler([&](Receiver& receiver) {
        return receiver.opened(shared_from_this(), flowing_, [this](const Error& error) { refuse(error); }), 0;
    });
    armRead();
}

// Reading -------------------------------------------------------------------------------------------------------------

void TcpConnection::armRead() {
    const bool wanted = state_ == State::lingering || (state_ == State::open && !paused_ && !peerEnded_);
    if (!wanted || readArmed_) return;
    readArmed_ = true;
    descriptor_->async_wait(boost::asio::posix::descriptor_base::wait_read,
                            [self = shared_from_this()](const boost::system::error_code& error) {
                                self->readArmed_ = false;
                                if (!error) self->readable();
                            });
}

void TcpConnection::readable() {
    if (state_ == State::lingering)
        discard();
    else if (flowing_)
        readSome();
    loop_.impl().turnEnded();
    armRead();
}

void TcpConnection::readSome() {
    for (std::size_t budget = kReadBudgetBytes; flowing_ && budget > 0;)
        if (!receiveOnce(budget)) return;
}

/// False when the kernel has no more for now or the connection is done with reading.
bool TcpConnection::receiveOnce(std::size_t& budget) {
    const ReceiveSpace space = receiver_->space(loop_.impl().scratch);
    std::array<iovec, 2> into{iovec{space.own.data(), space.own.size()},
                              iovec{space.scratch.data(), space.scratch.size()}};
    msghdr message{};
    message.msg_iov = into.data();
    message.msg_iovlen = into.size();
    const ssize_t got = ::recvmsg(descriptor_->native_handle(), &message, 0);
    if (got < 0) {
        if (errno == EINTR) return true;
        if (errno != EAGAIN) closeWith(errnoError(errno, "receive"));
        return false;
    }
    if (got == 0) {
        peerEnded();
        return false;
    }
    const auto bytes = static_cast<std::size_t>(got);
    lastActivity_ = systemNow();
    budget -= std::min(budget, bytes);
    const Status status = inHandler([&](Receiver& receiver) { return receiver.received(space, bytes); });
    if (!status) {
        refuse(status.error());
        return false;
    }
    return bytes == space.size();
}

void TcpConnection::peerEnded() {
    peerEnded_ = true;
    const auto closes = inHandler([](Receiver& receiver) { return receiver.peerFinished(); });
    if (!closes)
        refuse(closes.error());
    else if (*closes)
        closeAfterSending();
}

void TcpConnection::pauseReading() {
    paused_ = true;
    updateFlowing();
}

void TcpConnection::resumeReading() {
    if (!paused_) return;
    paused_ = false;
    lastActivity_ = systemNow();
    updateFlowing();
    if (readOnPosted_ || state_ != State::open) return;
    // Later, not here: the caller may be in the middle of something that received() would walk into.
    readOnPosted_ = true;
    boost::asio::post(loop_.impl().io, [self = shared_from_this()] { self->readOn(); });
}

void TcpConnection::readOn() {
    readOnPosted_ = false;
    if (!flowing_) return;
    const Status status = inHandler([](Receiver& receiver) { return receiver.resumed(); });
    if (!status) refuse(status.error());
    loop_.impl().turnEnded();
    armRead();
}

// Writing -------------------------------------------------------------------------------------------------------------

void TcpConnection::send(std::vector<Bytes> pieces) {
    if (state_ != State::open) return;
    queue_.push(std::move(pieces));
    if (queue_.empty() || unsentMarked_) return;
    unsentMarked_ = true;
    loop_.impl().markUnsent(shared_from_this());
}

void TcpConnection::flush() {
    unsentMarked_ = false;
    if (state_ == State::lingering || state_ == State::closed) return;
    if (writeArmed_) return unreadShare_.set(queue_.bytes());
    const bool hadBytes = !queue_.empty();
    while (!queue_.empty()) {
        std::array<iovec, kPiecesPerWrite> pieces;
        msghdr message{};
        message.msg_iov = pieces.data();
        message.msg_iovlen = queue_.gather(pieces.data(), pieces.size());
        const ssize_t put = ::sendmsg(descriptor_->native_handle(), &message, MSG_NOSIGNAL);
        if (put < 0) {
            if (errno == EINTR) continue;
            if (errno == EAGAIN) {
                armWrite();
                return unreadShare_.set(queue_.bytes());
            }
            return closeWith(errnoError(errno, "send"));
        }
        lastActivity_ = systemNow();
        unreadShare_.release(); // it goes on
        queue_.sent(static_cast<std::size_t>(put));
    }
    if (hadBytes) inHandler([](Receiver& receiver) { return receiver.drained(), 0; });
    if (state_ == State::sendingLast && queue_.empty()) linger();
}

void TcpConnection::armWrite() {
    writeArmed_ = true;
    descriptor_->async_wait(boost::asio::posix::descriptor_base::wait_write,
                            [self = shared_from_this()](const boost::system::error_code& error) {
                                self->writeArmed_ = false;
                                if (error) return;
                                self->flush();
                                self->loop_.impl().turnEnded();
                            });
}

// Closing -------------------------------------------------------------------------------------------------------------

void TcpConnection::refuse(const Error& error) {
    if (state_ != State::open && state_ != State::sendingLast) return;
    hooks_.brokeRules(*this, error);
    closeWith(error);
}

void TcpConnection::closeAfterSending() {
    if (state_ != State::open) return;
    state_ = State::sendingLast;
    updateFlowing();
    if (unsentMarked_ || writeArmed_) return;
    unsentMarked_ = true;
    loop_.impl().markUnsent(shared_from_this());
    // Called from outside of any turn (a handler always is inside one): end it here.
    boost::asio::post(loop_.impl().io, [self = shared_from_this()] { self->loop_.impl().turnEnded(); });
}

void TcpConnection::linger() {
    if (peerEnded_) return closeWith(std::nullopt);
    state_ = State::lingering;
    ::shutdown(descriptor_->native_handle(), SHUT_WR);
    lingerTimer_ = loop_.clock().after(kLinger, [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->lingerTimer_ = 0, self->closeWith(std::nullopt);
    });
    armRead();
}

void TcpConnection::discard() {
    auto& scratch = loop_.impl().scratch;
    for (std::size_t budget = kReadBudgetBytes; budget > 0;) {
        const ssize_t got = ::recv(descriptor_->native_handle(), scratch.data(), scratch.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && errno == EAGAIN) return;
        if (got <= 0) return closeWith(std::nullopt);
        budget -= std::min(budget, static_cast<std::size_t>(got));
    }
}

void TcpConnection::closeSilent(std::chrono::milliseconds limit) {
    closeWith(Error{ErrorCode::timeout, fmt::format("silent for more than {} ms", limit.count())});
}

void TcpConnection::closeWith(std::optional<Error> reason) {
    if (state_ == State::closed) return;
    state_ = State::closed;
    updateFlowing();
    reason_ = std::move(reason);
    queue_.clear();
    unreadShare_.release();
    if (lingerTimer_ != 0) loop_.clock().cancel(std::exchange(lingerTimer_, 0));
    descriptor_.reset();
    boost::asio::post(loop_.impl().io, [self = shared_from_this()] { self->finish(); });
}

void TcpConnection::closeNow(const Error& reason) {
    closeWith(reason);
    if (callDepth_ == 0) finish();
}

void TcpConnection::finish() {
    if (!receiver_) return;
    const auto receiver = std::move(receiver_);
    receiver->closed(reason_ ? &*reason_ : nullptr);
    hooks_.finished(*this);
    hooks_ = {};
    loop_.impl().turnEnded();
}

} // namespace millrace::net
