#include "net/transport.h"

#include <cerrno>
#include <sys/socket.h>

namespace millrace::net {

namespace {

msghdr messageOf(std::span<const iovec> pieces) {
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(pieces.data());
    message.msg_iovlen = pieces.size();
    return message;
}

class PlainTransport final : public Transport {
public:
    explicit PlainTransport(int socket) : socket_(socket) {}

    Result<Progress> handshake() override { return Progress{}; }

    Result<Progress> read(std::span<const iovec> into) override {
        msghdr message = messageOf(into);
        for (;;) {
            const ssize_t got = ::recvmsg(socket_, &message, 0);
            if (got > 0) return Progress{Progress::State::done, static_cast<std::size_t>(got)};
            if (got == 0) return Progress{Progress::State::ended};
            if (errno == EAGAIN) return Progress{Progress::State::wantsRead};
            if (errno != EINTR) return errnoError(errno, "receive");
        }
    }

    Result<Progress> write(std::span<const iovec> pieces) override {
        const msghdr message = messageOf(pieces);
        for (;;) {
            const ssize_t put = ::sendmsg(socket_, &message, MSG_NOSIGNAL);
            if (put >= 0) return Progress{Progress::State::done, static_cast<std::size_t>(put)};
            if (errno == EAGAIN) return Progress{Progress::State::wantsWrite};
            if (errno != EINTR) return errnoError(errno, "send");
        }
    }

    Result<Progress> endSending() override {
        ::shutdown(socket_, SHUT_WR);
        return Progress{};
    }

    bool holdsBytes() const override { return false; }
    std::string peerIdentity() const override { return {}; }

private:
    int socket_;
};

} // namespace

std::unique_ptr<Transport> makePlainTransport(int socket) {
    return std::make_unique<PlainTransport>(socket);
}

std::unique_ptr<Transport> makeTransport(const TransportFactory& factory, int socket) {
    return factory ? factory(socket) : makePlainTransport(socket);
}

} // namespace millrace::net
