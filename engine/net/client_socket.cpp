#include "net/client_socket.h"
#include "net/name_lookup.h"

#include "base/sentences.h"

#include <cerrno>
#include <poll.h>
#include <sys/eventfd.h>

namespace millrace::net {

namespace {

using std::chrono::milliseconds;

class EventFdInterrupt final : public Interrupt {
public:
    EventFdInterrupt() : fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}
    void raise() override { ::eventfd_write(fd_.get(), 1); }
    void clear() override {
        eventfd_t ignored = 0;
        ::eventfd_read(fd_.get(), &ignored);
    }
    int descriptor() const override { return fd_.get(); }

private:
    UniqueFd fd_;
};

/// Waits until `fd` is ready for `events`, the interrupt is raised or the deadline has passed.
Status waitFor(int fd, short events, const Interrupt& interrupt, MonotonicTime deadline, const std::string& what) {
    for (;;) {
        const auto left = std::chrono::ceil<milliseconds>(deadline - systemNow()).count();
        pollfd waiting[] = {{fd, events, 0}, {interrupt.descriptor(), POLLIN, 0}};
        const int ready = ::poll(waiting, 2, static_cast<int>(std::clamp<std::int64_t>(left, 0, 1 << 30)));
        if (ready < 0 && errno != EINTR) return errnoError(errno, what);
        if (ready > 0 && waiting[1].revents != 0) return Error{ErrorCode::cancelled, what + ": interrupted"};
        if (ready > 0 && waiting[0].revents != 0) return ok();
        if (left <= 0) return sentenceError(systemSentences(), ErrorCode::timeout, "no-answer-in-time", {what}, true);
    }
}

class PollingSocket final : public ClientSocket {
public:
    PollingSocket(UniqueFd fd, const TransportFactory& transport, std::shared_ptr<Interrupt> interrupt,
                  std::string peer)
        : fd_(std::move(fd)),
          transport_(makeTransport(transport, fd_.get())),
          interrupt_(std::move(interrupt)),
          peer_(std::move(peer)) {}

    Status shakeHands(MonotonicTime deadline) {
        for (;;) {
            auto progress = transport_->handshake();
            if (!progress) return progress.error();
            if (progress->state == Progress::State::done) return ok();
            MILLRACE_TRY(waitAs(progress->state, deadline, "agree with " + peer_));
        }
    }

    Status sendAll(std::span<const std::uint8_t> data, milliseconds timeout) override {
        const MonotonicTime deadline = systemNow() + timeout;
        while (!data.empty()) {
            const iovec piece{const_cast<std::uint8_t*>(data.data()), data.size()};
            auto put = transport_->write({&piece, 1});
            if (!put) return put.error().in(peer_);
            if (put->state == Progress::State::done)
                data = data.subspan(put->bytes);
            else
                MILLRACE_TRY(waitAs(put->state, deadline, "send to " + peer_));
        }
        return ok();
    }

    Status receiveExactly(std::span<std::uint8_t> into, milliseconds timeout) override {
        const MonotonicTime deadline = systemNow() + timeout;
        while (!into.empty()) {
            auto got = receiveUntil(into, deadline);
            if (!got) return got.error();
            if (*got == 0) return sentenceError(systemSentences(), ErrorCode::closed, "peer-closed", {peer_}, true);
            into = into.subspan(*got);
        }
        return ok();
    }

    Result<std::size_t> receiveSome(std::span<std::uint8_t> into, milliseconds timeout) override {
        return receiveUntil(into, systemNow() + timeout);
    }

    void interrupt() override { interrupt_->raise(); }

private:
    Result<std::size_t> receiveUntil(std::span<std::uint8_t> into, MonotonicTime deadline) {
        for (;;) {
            const iovec all{into.data(), into.size()};
            auto got = transport_->read({&all, 1});
            if (!got) return got.error().in(peer_);
            if (got->state == Progress::State::ended) return std::size_t{0};
            if (got->state == Progress::State::done) return got->bytes;
            MILLRACE_TRY(waitAs(got->state, deadline, "receive from " + peer_));
        }
    }

    Status waitAs(Progress::State wanted, MonotonicTime deadline, const std::string& what) {
        return waitFor(fd_.get(), wanted == Progress::State::wantsWrite ? POLLOUT : POLLIN, *interrupt_, deadline,
                       what);
    }

    UniqueFd fd_;
    std::unique_ptr<Transport> transport_; ///< goes before its socket
    std::shared_ptr<Interrupt> interrupt_;
    std::string peer_;
};

Result<std::vector<Endpoint>> resolveUntil(const Address& address, const Interrupt& interrupt, MonotonicTime deadline) {
    NameLookup lookup(address);
    MILLRACE_TRY(waitFor(lookup.descriptor(), POLLIN, interrupt, deadline, "look up " + address.host));
    return lookup.take();
}

Result<UniqueFd> connectEndpoint(const Endpoint& endpoint, const Interrupt& interrupt, MonotonicTime deadline,
                                 const std::string& what) {
    UniqueFd fd(::socket(endpoint.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd) return errnoError(errno, what);
    if (::connect(fd.get(), endpoint.get(), endpoint.length) != 0) {
        if (errno != EINPROGRESS && errno != EINTR) return errnoError(errno, what);
        MILLRACE_TRY(waitFor(fd.get(), POLLOUT, interrupt, deadline, what));
        int failed = 0;
        socklen_t length = sizeof failed;
        ::getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &failed, &length);
        if (failed != 0) return errnoError(failed, what);
    }
    setConnectionOptions(fd.get());
    return fd;
}

} // namespace

std::shared_ptr<Interrupt> makeInterrupt() {
    return std::make_shared<EventFdInterrupt>();
}

Result<std::unique_ptr<ClientSocket>> connectTo(const Address& address, milliseconds timeout,
                                                std::shared_ptr<Interrupt> interrupt,
                                                const TransportFactory& transport) {
    if (!interrupt) interrupt = makeInterrupt();
    const std::string what = "connect to " + address.toString();
    const MonotonicTime deadline = systemNow() + timeout;
    auto endpoints = resolveUntil(address, *interrupt, deadline);
    if (!endpoints) return endpoints.error();
    Error last;
    for (const Endpoint& endpoint : *endpoints) {
        auto fd = connectEndpoint(endpoint, *interrupt, deadline, what);
        if (fd) {
            auto socket =
                std::make_unique<PollingSocket>(std::move(*fd), transport, std::move(interrupt), address.toString());
            MILLRACE_TRY(socket->shakeHands(deadline));
            return std::unique_ptr<ClientSocket>(std::move(socket));
        }
        last = fd.error();
        if (last.code == ErrorCode::cancelled || last.code == ErrorCode::timeout) break;
    }
    return last;
}

} // namespace millrace::net
