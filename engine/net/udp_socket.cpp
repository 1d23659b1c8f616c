#include "net/udp_socket.h"

#include "net/endpoint.h"
#include "net/event_loop_impl.h"

#include <boost/asio/posix/stream_descriptor.hpp>

#include <algorithm>
#include <cerrno>
#include <fmt/core.h>
#include <sys/socket.h>
#include <vector>

namespace millrace::net {

namespace {

/// After so many batches of one socket the others get their turn.
constexpr int kBatchesPerTurn = 16;

/// The part that lives on the loop; a pending wait shares it.
class UdpReceiver : public std::enable_shared_from_this<UdpReceiver> {
public:
    UdpReceiver(EventLoop& loop, UniqueFd fd, const UdpOptions& options, DatagramHandler handler)
        : loop_(loop),
          handler_(std::move(handler)),
          address_(localAddress(fd.get())),
          descriptor_(loop.impl().io),
          datagramBytes_(std::max<std::size_t>(options.datagramBytes, 1)),
          memory_(datagramBytes_ * std::max<std::size_t>(options.batch, 1)),
          senders_(memory_.size() / datagramBytes_),
          pieces_(senders_.size()),
          messages_(senders_.size()) {
        descriptor_.assign(fd.release());
    }

    void start() {
        loop_.impl().atStop.emplace(this, [self = shared_from_this()] { self->stop(); });
        arm();
    }
    void stop() {
        if (std::exchange(stopped_, true)) return;
        loop_.impl().atStop.erase(this);
        boost::system::error_code ignored;
        descriptor_.close(ignored);
        handler_ = nullptr;
    }
    void setPaused(bool paused) {
        paused_ = paused;
        arm();
    }

    EventLoop& loop() { return loop_; }
    const Address& address() const { return address_; }
    int fd() { return descriptor_.native_handle(); }

private:
    void arm() {
        if (stopped_ || paused_ || std::exchange(armed_, true)) return;
        descriptor_.async_wait(boost::asio::posix::descriptor_base::wait_read,
                               [self = shared_from_this()](const boost::system::error_code& error) {
                                   self->armed_ = false;
                                   if (!error) self->readable();
                               });
    }

    void readable() {
        for (int i = 0; i < kBatchesPerTurn && !stopped_ && !paused_; ++i)
            if (!receiveBatch()) break;
        loop_.impl().turnEnded();
        arm();
    }

    /// False when nothing more has come for now.
    bool receiveBatch() {
        for (std::size_t i = 0; i < messages_.size(); ++i) {
            senders_[i].length = sizeof senders_[i].storage;
            pieces_[i] = {memory_.data() + i * datagramBytes_, datagramBytes_};
            messages_[i].msg_hdr = {&senders_[i].storage, senders_[i].length, &pieces_[i], 1, nullptr, 0, 0};
        }
        const int got =
            ::recvmmsg(fd(), messages_.data(), static_cast<unsigned>(messages_.size()), MSG_DONTWAIT, nullptr);
        // An error is that of a datagram sent before (a port where nobody listens): told once, and no end.
        if (got < 0) return errno != EAGAIN;
        batch_.clear();
        for (std::size_t i = 0; i < static_cast<std::size_t>(got); ++i)
            batch_.push_back({toAddress(senders_[i]),
                              {memory_.data() + i * datagramBytes_, messages_[i].msg_len},
                              (messages_[i].msg_hdr.msg_flags & MSG_TRUNC) != 0});
        handler_(batch_);
        return static_cast<std::size_t>(got) == messages_.size();
    }

    EventLoop& loop_;
    DatagramHandler handler_;
    const Address address_;
    boost::asio::posix::stream_descriptor descriptor_;
    const std::size_t datagramBytes_;
    std::vector<std::uint8_t> memory_;
    std::vector<Endpoint> senders_;
    std::vector<iovec> pieces_;
    std::vector<mmsghdr> messages_;
    std::vector<Datagram> batch_;
    bool armed_ = false;
    bool paused_ = false;
    bool stopped_ = false;
};

class BoundUdpSocket final : public UdpSocket {
public:
    explicit BoundUdpSocket(std::shared_ptr<UdpReceiver> receiver)
        : receiver_(std::move(receiver)), sender_(::dup(receiver_->fd())) {}
    ~BoundUdpSocket() override {
        receiver_->loop().impl().runAndWait([&receiver = receiver_] { receiver->stop(); });
    }
    Address address() const override { return receiver_->address(); }
    void pauseReading() override { setPaused(true); }
    void resumeReading() override { setPaused(false); }

    Status send(const Address& to, std::span<const std::uint8_t> data) override {
        const std::string what = "send to " + to.toString();
        auto endpoints = resolve(to, ResolveFor::sending);
        if (!endpoints) return endpoints.error();
        const Endpoint& endpoint = endpoints->front();
        for (;;) {
            if (::sendto(sender_.get(), data.data(), data.size(), MSG_DONTWAIT | MSG_NOSIGNAL, endpoint.get(),
                         endpoint.length) >= 0)
                return ok();
            if (errno == EAGAIN || errno == ENOBUFS)
                return Error{ErrorCode::full, what + ": the kernel takes no more datagrams now", true};
            // ECONNREFUSED is about an earlier one; this one was not sent.
            if (errno != EINTR && errno != ECONNREFUSED) return errnoError(errno, what);
        }
    }

private:
    void setPaused(bool paused) {
        receiver_->loop().run([receiver = receiver_, paused] { receiver->setPaused(paused); });
    }

    std::shared_ptr<UdpReceiver> receiver_;
    UniqueFd sender_; ///< the same socket: sending goes on whatever becomes of the loop
};

} // namespace

Result<std::unique_ptr<UdpSocket>> bindUdp(EventLoop& loop, const Address& address, const UdpOptions& options,
                                           DatagramHandler handler) {
    auto fd = openBoundSocket(address, SOCK_DGRAM);
    if (!fd) return fd.error();
    if (options.kernelBufferBytes > 0)
        ::setsockopt(fd->get(), SOL_SOCKET, SO_RCVBUF, &options.kernelBufferBytes, sizeof options.kernelBufferBytes);
    std::shared_ptr<UdpReceiver> receiver;
    loop.impl().runAndWait([&] {
        receiver = std::make_shared<UdpReceiver>(loop, std::move(*fd), options, std::move(handler));
        receiver->start();
    });
    if (!receiver) return Error{ErrorCode::cancelled, "bind " + address.toString() + ": the event loop has ended"};
    return std::unique_ptr<UdpSocket>(std::make_unique<BoundUdpSocket>(std::move(receiver)));
}

} // namespace millrace::net
