#include "net/tcp_connection.h"

#include "net/endpoint.h"

#include <boost/asio/post.hpp>

#include <array>
#include <cerrno>
#include <fmt/core.h>

namespace millrace::net {

namespace {

/// After so much from one connection the others get their turn.
constexpr std::size_t kReadBudgetBytes = 1024 * 1024;
constexpr std::size_t kPiecesPerWrite = 128;
/// How long a closed direction is read on, so that the peer gets our last answer instead of a reset (RFC
/// 1122 4.2.2.13).
constexpr std::chrono::milliseconds kLinger{1000};

} // namespace

TcpConnection::TcpConnection(EventLoop& loop, UniqueFd fd, const Carrier& carrier, std::unique_ptr<Receiver> receiver,
                             std::shared_ptr<PeerBudget> unread, Hooks hooks)
    : loop_(loop),
      transport_(makeTransport(carrier.transport, fd.get())),
      receiver_(std::move(receiver)),
      hooks_(std::move(hooks)),
      peer_(peerAddress(fd.get())),
      local_(localAddress(fd.get())),
      unread_(std::move(unread)),
      unreadShare_(*unread_, [this](const Error& error) { refuse(error); }),
      lastActivity_(systemNow()),
      handshakeLimit_(carrier.handshake) {
    setConnectionOptions(fd.get());
    descriptor_.emplace(loop.impl().io, fd.release());
}

void TcpConnection::start() {
    shakeHands();
    if (state_ != State::handshaking) return;
    timer_ = loop_.clock().after(handshakeLimit_, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        self->timer_ = 0;
        self->refuse({ErrorCode::timeout, fmt::format("not ready to carry bytes after {} ms, the limit of a handshake",
                                                      self->handshakeLimit_.count())});
    });
}

void TcpConnection::shakeHands() {
    const auto progress = transport_->handshake();
    if (!progress) return refuse(progress.error());
    if (progress->state == Progress::State::done) return open();
    if (progress->state == Progress::State::wantsWrite)
        waitWritable();
    else
        waitReadable();
}

void TcpConnection::open() {
    if (timer_ != 0) loop_.clock().cancel(std::exchange(timer_, 0));
    state_ = State::open;
    wasOpened_ = true;
    updateFlowing();
    peerIdentity_ = transport_->peerIdentity();
    inHandler([&](Receiver& receiver) {
        return receiver.opened(shared_from_this(), flowing_, [this](const Error& error) { refuse(error); }), 0;
    });
    waitAsWanted();
}

// Waiting for the socket ----------------------------------------------------------------------------------------------

bool TcpConnection::wantsToRead() const {
    return state_ == State::lingering || (state_ == State::open && !paused_ && !takesNoMore_ && !peerEnded_);
}

void TcpConnection::waitAsWanted() {
    const bool reading = wantsToRead();
    if (reading && transport_->holdsBytes())
        postReadOn(); // the socket will not tell
    else if (reading && readWantsWrite_)
        waitWritable();
    else if (reading)
        waitReadable();
    if (writeBlocked_ && writeWantsRead_)
        waitReadable();
    else if (writeBlocked_)
        waitWritable();
}

void TcpConnection::waitReadable() {
    if (std::exchange(readArmed_, true)) return;
    descriptor_->async_wait(boost::asio::posix::descriptor_base::wait_read,
                            [self = shared_from_this()](const boost::system::error_code& error) {
                                self->readArmed_ = false;
                                if (!error) self->socketReadable();
                            });
}

void TcpConnection::waitWritable() {
    if (std::exchange(writeArmed_, true)) return;
    descriptor_->async_wait(boost::asio::posix::descriptor_base::wait_write,
                            [self = shared_from_this()](const boost::system::error_code& error) {
                                self->writeArmed_ = false;
                                if (!error) self->socketWritable();
                            });
}

void TcpConnection::socketReadable() {
    if (state_ == State::handshaking) {
        shakeHands();
    } else {
        if (writeBlocked_ && writeWantsRead_) sendQueued();
        if (!readWantsWrite_) readMore();
    }
    loop_.impl().turnEnded();
    waitAsWanted();
}

void TcpConnection::socketWritable() {
    if (state_ == State::handshaking) {
        shakeHands();
    } else {
        if (writeBlocked_ && !writeWantsRead_) sendQueued();
        if (std::exchange(readWantsWrite_, false)) readMore();
    }
    loop_.impl().turnEnded();
    waitAsWanted();
}

// Reading -------------------------------------------------------------------------------------------------------------

void TcpConnection::readMore() {
    if (state_ == State::lingering)
        discard();
    else
        readSome();
}

void TcpConnection::readSome() {
    for (std::size_t budget = kReadBudgetBytes; flowing_ && !peerEnded_ && budget > 0;)
        if (!receiveOnce(budget)) return;
}

/// False when there is no more for now or the connection is done with reading.
bool TcpConnection::receiveOnce(std::size_t& budget) {
    const ReceiveSpace space = receiver_->space(loop_.impl().scratch);
    const std::array<iovec, 2> into{iovec{space.own.data(), space.own.size()},
                                    iovec{space.scratch.data(), space.scratch.size()}};
    const auto progress = transport_->read(into);
    if (!progress) return closeWith(progress.error()), false;
    if (progress->state == Progress::State::ended) return peerEnded(), false;
    readWantsWrite_ = progress->state == Progress::State::wantsWrite;
    if (progress->state != Progress::State::done) return false;
    lastActivity_ = systemNow();
    budget -= std::min(budget, progress->bytes);
    const Status status = inHandler([&](Receiver& receiver) { return receiver.received(space, progress->bytes); });
    if (!status) return refuse(status.error()), false;
    return progress->bytes == space.size() || (flowing_ && transport_->holdsBytes());
}

void TcpConnection::peerEnded() {
    peerEnded_ = true;
    tellPeerFinished();
}

void TcpConnection::takeNoMore() {
    if (state_ == State::handshaking) return closeWith(Error{ErrorCode::cancelled, "the listener was closed"});
    if (state_ != State::open || std::exchange(takesNoMore_, true)) return;
    updateFlowing();
    if (!peerEnded_) tellPeerFinished();
}

void TcpConnection::tellPeerFinished() {
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
    if (state_ != State::open) return;
    resuming_ = true;
    postReadOn();
}

/// Later, not here: the caller may be in the middle of something that received() would walk into.
void TcpConnection::postReadOn() {
    if (std::exchange(readOnPosted_, true)) return;
    boost::asio::post(loop_.impl().io, [self = shared_from_this()] { self->readOn(); });
}

void TcpConnection::readOn() {
    readOnPosted_ = false;
    if (flowing_ && std::exchange(resuming_, false)) {
        const Status status = inHandler([](Receiver& receiver) { return receiver.resumed(); });
        if (!status) refuse(status.error());
    }
    if (wantsToRead() && transport_->holdsBytes()) readMore();
    loop_.impl().turnEnded();
    waitAsWanted();
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
    if (writeBlocked_) {
        if (!queue_.empty()) unreadShare_.set(queue_.bytes());
        return;
    }
    sendQueued();
    if (wantsToRead() && transport_->holdsBytes()) postReadOn(); // to write the transport had to read
}

void TcpConnection::sendQueued() {
    if (state_ != State::open && state_ != State::sendingLast) return;
    writeBlocked_ = false;
    const bool hadBytes = !queue_.empty();
    while (!queue_.empty())
        if (!sendOnce()) return;
    if (hadBytes) inHandler([](Receiver& receiver) { return receiver.drained(), 0; });
    if (state_ == State::sendingLast && queue_.empty()) linger();
}

/// False when the rest has to wait or the connection is closed.
bool TcpConnection::sendOnce() {
    std::array<iovec, kPiecesPerWrite> pieces;
    const std::size_t count = queue_.gather(pieces.data(), pieces.size());
    const auto progress = transport_->write(std::span(pieces).first(count));
    if (!progress) return closeWith(progress.error()), false;
    if (progress->state != Progress::State::done) {
        writeWaits(progress->state);
        unreadShare_.set(queue_.bytes());
        return false;
    }
    lastActivity_ = systemNow();
    unreadShare_.release(); // it goes on
    queue_.sent(progress->bytes);
    return true;
}

void TcpConnection::writeWaits(Progress::State wanted) {
    writeBlocked_ = true;
    writeWantsRead_ = wanted == Progress::State::wantsRead;
    waitAsWanted();
}

// Closing -------------------------------------------------------------------------------------------------------------

void TcpConnection::refuse(const Error& error) {
    if (state_ == State::lingering || state_ == State::closed) return;
    hooks_.brokeRules(*this, error);
    closeWith(error);
}

void TcpConnection::closeAfterSending() {
    if (state_ != State::open) return;
    state_ = State::sendingLast;
    updateFlowing();
    if (unsentMarked_ || writeBlocked_) return;
    unsentMarked_ = true;
    loop_.impl().markUnsent(shared_from_this());
    // Called from outside of any turn (a handler always is inside one): end it here.
    boost::asio::post(loop_.impl().io, [self = shared_from_this()] { self->loop_.impl().turnEnded(); });
}

void TcpConnection::linger() {
    if (timer_ == 0)
        timer_ = loop_.clock().after(kLinger, [weak = weak_from_this()] {
            if (const auto self = weak.lock()) self->timer_ = 0, self->closeWith(std::nullopt);
        });
    const auto progress = transport_->endSending();
    if (!progress) return closeWith(std::nullopt); // all is sent, and nobody there to be told
    if (progress->state != Progress::State::done) return writeWaits(progress->state);
    if (peerEnded_) return closeWith(std::nullopt);
    state_ = State::lingering;
    waitAsWanted();
}

void TcpConnection::discard() {
    auto& scratch = loop_.impl().scratch;
    const iovec into{scratch.data(), scratch.size()};
    for (std::size_t budget = kReadBudgetBytes; budget > 0;) {
        const auto progress = transport_->read({&into, 1});
        if (!progress || progress->state == Progress::State::ended) return closeWith(std::nullopt);
        readWantsWrite_ = progress->state == Progress::State::wantsWrite;
        if (progress->state != Progress::State::done) return;
        budget -= std::min(budget, progress->bytes);
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
    if (timer_ != 0) loop_.clock().cancel(std::exchange(timer_, 0));
    writeBlocked_ = false;
    transport_.reset();
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
    if (wasOpened_) receiver->closed(reason_ ? &*reason_ : nullptr);
    hooks_.finished(*this);
    hooks_ = {};
    loop_.impl().turnEnded();
}

} // namespace millrace::net
