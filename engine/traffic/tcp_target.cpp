#include "traffic/target.h"

#include "net/tcp.h"

#include <array>
#include <mutex>

namespace millrace::traffic {
namespace {

constexpr std::chrono::milliseconds kConnectLimit{5000};
constexpr std::chrono::milliseconds kSendLimit{10'000};

class TcpTarget final : public Target {
public:
    explicit TcpTarget(net::Address address) : address_(std::move(address)) {}

    Status write(const std::string& lines) override {
        const auto socket = connected();
        if (!socket) return socket.error();
        Status sent = (*socket)->sendAll({reinterpret_cast<const std::uint8_t*>(lines.data()), lines.size()}, kSendLimit);
        if (sent) sent = drain(**socket);
        if (!sent) forget();
        return sent;
    }

    void interrupt() override {
        const std::lock_guard lock(mutex_);
        interrupted_ = true;
        if (socket_) socket_->interrupt();
    }

private:
    Result<std::shared_ptr<net::ClientSocket>> connected() {
        {
            const std::lock_guard lock(mutex_);
            if (interrupted_) return Error{ErrorCode::cancelled, "stopped", true};
            if (socket_) return socket_;
        }
        auto made = net::connectTo(address_, kConnectLimit);
        if (!made) return std::move(made).error();
        const std::lock_guard lock(mutex_);
        socket_ = std::move(*made);
        return socket_;
    }

    void forget() {
        const std::lock_guard lock(mutex_);
        socket_.reset();
    }

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
    std::mutex mutex_;
    std::shared_ptr<net::ClientSocket> socket_;
    bool interrupted_ = false;
};

} // namespace

Result<std::unique_ptr<Target>> makeTcpTarget(const std::string& address) {
    auto parsed = net::parseAddress(address);
    if (!parsed) return std::move(parsed).error();
    return std::unique_ptr<Target>(std::make_unique<TcpTarget>(std::move(*parsed)));
}

} // namespace millrace::traffic
