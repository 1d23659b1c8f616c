#include "traffic/target.h"

#include "net/client_socket.h"

#include <array>

namespace millrace::traffic {
namespace {

constexpr std::chrono::milliseconds kConnectLimit{5000};
constexpr std::chrono::milliseconds kSendLimit{10'000};

class TcpTarget final : public Target {
public:
    explicit TcpTarget(net::Address address) : address_(std::move(address)), interrupt_(net::makeInterrupt()) {}

    Status write(const std::string& lines) override {
        if (!socket_) {
            auto made = net::connectTo(address_, kConnectLimit, interrupt_);
            if (!made) return std::move(made).error();
            socket_ = std::move(*made);
        }
        Status sent = socket_->sendAll({reinterpret_cast<const std::uint8_t*>(lines.data()), lines.size()}, kSendLimit);
        if (sent) sent = drain(*socket_);
        if (!sent) socket_.reset();
        return sent;
    }

    void interrupt() override { interrupt_->raise(); }

private:
    /// A netcat source answers each line; left unread, the answers would fill the connection and stop it.
    static Status drain(net::ClientSocket& socket) {
        std::array<std::uint8_t, 4096> answers;
        for (;;) {
            const auto read = socket.receiveSome(answers, std::chrono::milliseconds(0));
            if (!read) return read.error().code == ErrorCode::timeout ? ok() : Status(read.error());
            if (*read == 0) return Error{ErrorCode::closed, "the other side closed the connection", true};
        }
    }

    net::Address address_;
    std::shared_ptr<net::Interrupt> interrupt_;
    std::unique_ptr<net::ClientSocket> socket_;
};

} // namespace

Result<std::unique_ptr<Target>> makeTcpTarget(const std::string& address) {
    auto parsed = net::parseAddress(address);
    if (!parsed) return std::move(parsed).error();
    return std::unique_ptr<Target>(std::make_unique<TcpTarget>(std::move(*parsed)));
}

} // namespace millrace::traffic
