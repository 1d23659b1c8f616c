#include "net/receive_buffer.h"
#include "net/receiver.h"

#include <array>
#include <fmt/core.h>
#include <optional>

namespace millrace::net {

namespace {

/// What is reserved for a frame before more of it has come; covers the usual largest batch without growing.
constexpr std::size_t kFirstStepBytes = 1024 * 1024;
constexpr std::size_t kLengthBytes = 4;

const char* guessedSpeaker(std::uint32_t length) {
    if (length == 0x47455420 || length == 0x504f5354) return "; the client seems to speak HTTP";
    if (length >> 16 == 0x1603) return "; the client seems to speak TLS";
    return "";
}

class FrameReceiver final : public Receiver {
public:
    FrameReceiver(std::unique_ptr<FrameHandler> handler, std::size_t limit, std::shared_ptr<PeerBudget> budget)
        : handler_(std::move(handler)), limit_(limit), budget_(std::move(budget)) {}

    void opened(const std::shared_ptr<Connection>& connection, const bool& flowing,
                std::function<void(const Error&)> refuse) override {
        flowing_ = &flowing;
        share_.emplace(*budget_, std::move(refuse));
        handler_->opened(connection);
    }

    ReceiveSpace space(std::span<std::uint8_t> scratch) override { return {frame_.tail(), scratch}; }

    Status received(const ReceiveSpace& space, std::size_t bytes) override {
        const std::size_t direct = std::min(bytes, space.own.size());
        frame_.filled(direct);
        if (direct > 0 && frame_.size() == length_) MILLRACE_TRY(deliver());
        const auto rest = space.scratch.first(bytes - direct);
        auto taken = cut(rest);
        if (!taken) return taken.error();
        held_.append(rest.subspan(*taken));
        account();
        return ok();
    }

    Status resumed() override {
        if (held_.empty()) return ok();
        auto taken = cut(held_.data());
        if (!taken) return taken.error();
        held_.consume(*taken);
        account();
        return ok();
    }

    Result<bool> peerFinished() override {
        if (headerHave_ > 0)
            return Error{ErrorCode::protocol, fmt::format("ended in the middle of a frame of {} bytes, {} had come",
                                                          headerHave_ == kLengthBytes ? length_ : 0, frame_.size())};
        return true;
    }
    void drained() override { handler_->drained(); }
    void closed(const Error* reason) override { handler_->closed(reason); }

private:
    /// Hands over the whole frames of `data` while the handler wants them; returns how many bytes that took.
    Result<std::size_t> cut(std::span<const std::uint8_t> data) {
        std::size_t at = 0;
        while (at < data.size() && *flowing_) {
            if (headerHave_ < kLengthBytes) {
                header_[headerHave_++] = data[at++];
                if (headerHave_ == kLengthBytes) MILLRACE_TRY(beginFrame());
            } else {
                const std::size_t piece = std::min(data.size() - at, length_ - frame_.size());
                grow(piece);
                frame_.append(data.subspan(at, piece));
                at += piece;
            }
            if (headerHave_ == kLengthBytes && frame_.size() == length_) MILLRACE_TRY(deliver());
        }
        return at;
    }

    Status beginFrame() {
        const std::uint32_t length = std::uint32_t{header_[0]} << 24 | std::uint32_t{header_[1]} << 16 |
                                     std::uint32_t{header_[2]} << 8 | header_[3];
        const std::size_t limit = std::min(limit_, handler_->frameLimit());
        if (length > limit || length > 0x7fffffff)
            return Error{ErrorCode::protocol,
                         fmt::format("a frame of {} bytes, the limit is {}{}", static_cast<std::int32_t>(length), limit,
                                     guessedSpeaker(length))};
        length_ = length;
        return ok();
    }

    void grow(std::size_t incoming) {
        const std::size_t needed = frame_.size() + incoming;
        if (needed <= frame_.size() + frame_.tail().size()) return;
        frame_.reserve(std::min(length_, std::max({kFirstStepBytes, frame_.size() * 2, needed})));
    }

    void account() {
        if (frame_.empty()) return;
        share_->release(); // it goes on
        share_->set(frame_.size());
    }

    Status deliver() {
        const std::size_t length = length_;
        auto memory = frame_.release();
        share_->release();
        headerHave_ = 0;
        length_ = 0;
        const std::span<const std::uint8_t> view{memory.get(), length};
        return handler_->received(Bytes(std::move(memory), view));
    }

    std::unique_ptr<FrameHandler> handler_;
    std::size_t limit_;
    std::shared_ptr<PeerBudget> budget_;
    std::optional<PeerBudget::Share> share_; ///< from opened() on
    std::array<std::uint8_t, kLengthBytes> header_{};
    std::size_t headerHave_ = 0;
    std::size_t length_ = 0; ///< of the frame under way, valid once the header is whole
    ReceiveBuffer frame_;    ///< its body as far as it has come
    ReceiveBuffer held_;     ///< bytes behind the frame at which the handler paused
    const bool* flowing_ = nullptr;
};

} // namespace

std::unique_ptr<Receiver> makeFrameReceiver(std::unique_ptr<FrameHandler> handler, std::size_t frameLimit,
                                            std::shared_ptr<PeerBudget> budget) {
    return std::make_unique<FrameReceiver>(std::move(handler), frameLimit, std::move(budget));
}

} // namespace millrace::net
