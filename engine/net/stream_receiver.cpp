#include "net/receive_buffer.h"
#include "net/receiver.h"

#include <fmt/core.h>

namespace millrace::net {

namespace {

constexpr std::size_t kStepBytes = 64 * 1024;

class StreamReceiver final : public Receiver {
public:
    StreamReceiver(std::unique_ptr<StreamHandler> handler, std::size_t limit)
        : handler_(std::move(handler)), limit_(limit) {}

    void opened(const std::shared_ptr<Connection>& connection, const bool& flowing,
                std::function<void(const Error&)>) override {
        flowing_ = &flowing;
        handler_->opened(connection);
    }

    ReceiveSpace space(std::span<std::uint8_t> scratch) override {
        if (held_.empty()) return {{}, scratch};
        // Never more than the limit is asked of the kernel on top of an unfinished message.
        const std::size_t room = std::min(kStepBytes, limit_ > held_.size() ? limit_ - held_.size() : 1);
        if (held_.tail().size() < std::min(room, kStepBytes / 4))
            held_.reserve(
                std::min(std::max(held_.size() * 2, held_.size() + room), std::max(limit_, held_.size() + 1)));
        return {held_.tail(), {}};
    }

    Status received(const ReceiveSpace& space, std::size_t bytes) override {
        if (!held_.empty()) {
            held_.filled(bytes);
            return resumed();
        }
        const auto data = space.scratch.first(bytes);
        auto consumed = handler_->received(data);
        if (!consumed) return consumed.error();
        held_.append(data.subspan(*consumed));
        return checkLimit();
    }

    Status resumed() override {
        if (held_.empty()) return ok();
        auto consumed = handler_->received(held_.data());
        if (!consumed) return consumed.error();
        held_.consume(*consumed);
        return checkLimit();
    }

    Result<bool> peerFinished() override {
        handler_->peerFinished();
        return handler_->closesAfterPeer();
    }
    void drained() override { handler_->drained(); }
    void closed(const Error* reason) override { handler_->closed(reason); }

private:
    /// A handler that paused may still take what is held.
    Status checkLimit() const {
        if (held_.size() < limit_ || !*flowing_) return ok();
        return Error{ErrorCode::outOfRange,
                     fmt::format("{} bytes without the end of a message, the limit is {}", held_.size(), limit_)};
    }

    std::unique_ptr<StreamHandler> handler_;
    std::size_t limit_;
    ReceiveBuffer held_;
    const bool* flowing_ = nullptr;
};

} // namespace

std::unique_ptr<Receiver> makeStreamReceiver(std::unique_ptr<StreamHandler> handler, std::size_t bufferLimit) {
    return std::make_unique<StreamReceiver>(std::move(handler), bufferLimit);
}

} // namespace millrace::net
