#include "net/client_socket.h"
#include "net/endpoint.h"

#include "base/sentences.h"

#include <arpa/inet.h>
#include <cerrno>
#include <fmt/core.h>
#include <future>
#include <netdb.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <thread>

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
    PollingSocket(UniqueFd fd, std::shared_ptr<Interrupt> interrupt, std::string peer)
        : fd_(std::move(fd)), interrupt_(std::move(interrupt)), peer_(std::move(peer)) {}

    Status sendAll(std::span<const std::uint8_t> data, milliseconds timeout) override {
        const MonotonicTime deadline = systemNow() + timeout;
        while (!data.empty()) {
            const ssize_t put = ::send(fd_.get(), data.data(), data.size(), MSG_NOSIGNAL);
            if (put >= 0)
                data = data.subspan(static_cast<std::size_t>(put));
            else if (errno == EAGAIN)
                MILLRACE_TRY(waitFor(fd_.get(), POLLOUT, *interrupt_, deadline, "send to " + peer_));
            else if (errno != EINTR)
                return errnoError(errno, "send to " + peer_);
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
            const ssize_t got = ::recv(fd_.get(), into.data(), into.size(), 0);
            if (got >= 0) return static_cast<std::size_t>(got);
            if (errno == EAGAIN)
                MILLRACE_TRY(waitFor(fd_.get(), POLLIN, *interrupt_, deadline, "receive from " + peer_));
            else if (errno != EINTR)
                return errnoError(errno, "receive from " + peer_);
        }
    }

    UniqueFd fd_;
    std::shared_ptr<Interrupt> interrupt_;
    std::string peer_;
};

bool isLiteral(const std::string& host) {
    in6_addr ignored;
    return host.empty() || ::inet_pton(AF_INET, host.c_str(), &ignored) == 1 ||
           ::inet_pton(AF_INET6, host.c_str(), &ignored) == 1;
}

/// A name server may take minutes and cannot be called off: the lookup of a name runs on a thread of its own, which is
/// left behind when the time is over.
Result<std::vector<Endpoint>> resolveUntil(const Address& address, const Interrupt& interrupt, MonotonicTime deadline) {
    if (isLiteral(address.host)) return resolve(address, ResolveFor::connecting);
    struct Lookup {
        UniqueFd done{::eventfd(0, EFD_CLOEXEC)};
        std::promise<Result<std::vector<Endpoint>>> found;
    };
    auto lookup = std::make_shared<Lookup>();
    auto found = lookup->found.get_future();
    std::thread([lookup, address] {
        lookup->found.set_value(resolve(address, ResolveFor::connecting));
        ::eventfd_write(lookup->done.get(), 1);
    }).detach();
    MILLRACE_TRY(waitFor(lookup->done.get(), POLLIN, interrupt, deadline, "look up " + address.host));
    return found.get();
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
                                                std::shared_ptr<Interrupt> interrupt) {
    if (!interrupt) interrupt = makeInterrupt();
    const std::string what = "connect to " + address.toString();
    const MonotonicTime deadline = systemNow() + timeout;
    auto endpoints = resolveUntil(address, *interrupt, deadline);
    if (!endpoints) return endpoints.error();
    Error last;
    for (const Endpoint& endpoint : *endpoints) {
        auto fd = connectEndpoint(endpoint, *interrupt, deadline, what);
        if (fd)
            return std::unique_ptr<ClientSocket>(
                std::make_unique<PollingSocket>(std::move(*fd), std::move(interrupt), address.toString()));
        last = fd.error();
        if (last.code == ErrorCode::cancelled || last.code == ErrorCode::timeout) break;
    }
    return last;
}

} // namespace millrace::net
