#include "rpc/deflate_transport.h"

#include "rpc/zlib_stream.h"

#include <algorithm>

namespace millrace::rpc {
namespace {

using net::Progress;

constexpr std::size_t kAtOnce = 64 * 1024; // of content, a write
constexpr std::size_t kReceived = 16 * 1024;

class DeflateTransport final : public net::Transport {
public:
    DeflateTransport(int level, int socket) : socket_(net::makePlainTransport(socket)), deflater_(level) {}

    Result<Progress> handshake() override { return socket_->handshake(); }

    Result<Progress> read(std::span<const iovec> into) override {
        const iovec& first = into[0].iov_len > 0 ? into[0] : into[1];
        const std::span content(static_cast<std::uint8_t*>(first.iov_base), first.iov_len);
        for (;;) {
            auto got = inflater_.next(unread_, content);
            if (!got) return std::move(got).error();
            if (*got > 0) return Progress{Progress::State::done, *got};
            auto more = receive();
            if (!more || more->state != Progress::State::done) return more;
        }
    }

    /// The same bytes come again until they are through, so they are compressed the first time only.
    Result<Progress> write(std::span<const iovec> pieces) override {
        if (unsent_.empty()) taken_ = compress(pieces);
        while (sent_ < unsent_.size()) {
            const iovec rest{unsent_.data() + sent_, unsent_.size() - sent_};
            const auto put = socket_->write({&rest, 1});
            if (!put || put->state != Progress::State::done) return put;
            sent_ += put->bytes;
        }
        unsent_.clear();
        sent_ = 0;
        return Progress{Progress::State::done, taken_};
    }

    Result<Progress> endSending() override { return socket_->endSending(); }
    bool holdsBytes() const override { return !unread_.empty() || inflater_.mayHoldMore(); }
    std::string peerIdentity() const override { return {}; }

private:
    Result<Progress> receive() {
        received_.resize(kReceived);
        const iovec all{received_.data(), received_.size()};
        auto got = socket_->read({&all, 1});
        if (got && got->state == Progress::State::done) unread_ = std::span(received_).first(got->bytes);
        return got;
    }

    std::size_t compress(std::span<const iovec> pieces) {
        std::size_t taken = 0;
        for (const iovec& piece : pieces) {
            const std::size_t size = std::min(piece.iov_len, kAtOnce - taken);
            deflater_.compress({static_cast<const std::uint8_t*>(piece.iov_base), size}, unsent_);
            taken += size;
        }
        deflater_.flush(unsent_);
        return taken;
    }

    std::unique_ptr<net::Transport> socket_;
    Deflater deflater_;
    Inflater inflater_;
    std::vector<std::uint8_t> received_;
    std::span<const std::uint8_t> unread_; ///< of `received_`
    std::vector<std::uint8_t> unsent_;     ///< compressed, from `sent_` on
    std::size_t sent_ = 0;
    std::size_t taken_ = 0; ///< how much content `unsent_` is
};

} // namespace

net::TransportFactory deflateTransport(int level) {
    return [level](int socket) { return std::make_unique<DeflateTransport>(level, socket); };
}

} // namespace millrace::rpc
