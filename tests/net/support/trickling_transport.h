#pragma once

#include "net/transport.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <vector>

namespace millrace::net::testing {

/// The bytes as they are, in every awkward way a transport may bring them: it is not ready at once, reads more than it
/// hands over, hands over and takes single bytes at first, and now and then wants the socket before it moves anything.
class TricklingTransport final : public Transport {
public:
    explicit TricklingTransport(int socket) : plain_(makePlainTransport(socket)) {}

    Result<Progress> handshake() override {
        return Progress{handshakes_++ < 2 ? Progress::State::wantsWrite : Progress::State::done};
    }

    Result<Progress> read(std::span<const iovec> into) override {
        if (held_.empty()) {
            if (reads_++ == 0) return Progress{Progress::State::wantsWrite};
            held_.resize(kHeldBytes);
            const iovec all{held_.data(), held_.size()};
            const auto got = plain_->read({&all, 1});
            held_.resize(got && got->state == Progress::State::done ? got->bytes : 0);
            if (held_.empty()) return got;
        }
        const iovec& first = into[0].iov_len > 0 ? into[0] : into[1];
        const std::size_t bytes = std::min({held_.size(), first.iov_len, step(read_)});
        std::memcpy(first.iov_base, held_.data(), bytes);
        held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(bytes));
        read_ += bytes;
        return Progress{Progress::State::done, bytes};
    }

    Result<Progress> write(std::span<const iovec> pieces) override {
        if (writes_++ % 3 == 0) return Progress{Progress::State::wantsWrite};
        const iovec first{pieces[0].iov_base, std::min(pieces[0].iov_len, step(written_))};
        auto put = plain_->write({&first, 1});
        if (put) written_ += put->bytes;
        return put;
    }

    Result<Progress> endSending() override {
        if (ends_++ == 0) return Progress{Progress::State::wantsWrite};
        return plain_->endSending();
    }
    bool holdsBytes() const override { return !held_.empty(); }
    std::string peerIdentity() const override { return "somebody"; }

    static TransportFactory factory() {
        return [](int socket) { return std::make_unique<TricklingTransport>(socket); };
    }

private:
    static constexpr std::size_t kHeldBytes = 64 * 1024;
    /// Single bytes first; what follows would take too long that way.
    static std::size_t step(std::size_t moved) { return moved < 4096 ? 1 : 16 * 1024; }

    std::unique_ptr<Transport> plain_;
    std::vector<std::uint8_t> held_;
    std::size_t read_ = 0;
    std::size_t written_ = 0;
    int handshakes_ = 0;
    int reads_ = 0;
    int writes_ = 0;
    int ends_ = 0;
};

/// A transport with a word of its own between the bytes: nothing is carried until the peer has said its name, ended by
/// a newline; before the first byte is sent, '?' goes out and '!' has to come back, whatever else comes before it.
class AskingTransport final : public Transport {
public:
    explicit AskingTransport(int socket) : plain_(makePlainTransport(socket)) {}

    Result<Progress> handshake() override {
        while (!name_.ends_with('\n')) {
            char letter = 0;
            const iovec one{&letter, 1};
            const auto got = plain_->read({&one, 1});
            if (!got || got->state == Progress::State::wantsRead) return got;
            if (got->state == Progress::State::ended) return Error{ErrorCode::protocol, "left without a name"};
            if (letter == '#') return Error{ErrorCode::denied, "this name is not let in"};
            name_ += letter;
        }
        name_.pop_back();
        return Progress{};
    }

    Result<Progress> read(std::span<const iovec> into) override {
        if (held_.empty()) {
            const auto got = receive();
            if (!got || held_.empty()) return got;
        }
        const iovec& first = into[0].iov_len > 0 ? into[0] : into[1];
        const std::size_t bytes = std::min(held_.size(), first.iov_len);
        std::memcpy(first.iov_base, held_.data(), bytes);
        held_.erase(0, bytes);
        return Progress{Progress::State::done, bytes};
    }

    Result<Progress> write(std::span<const iovec> pieces) override {
        if (!asked_) {
            char question = '?';
            const iovec one{&question, 1};
            const auto put = plain_->write({&one, 1});
            if (!put || put->state != Progress::State::done) return put;
            asked_ = true;
        }
        while (!answered_) {
            const auto got = receive();
            if (!got) return got;
            if (got->state == Progress::State::ended) return Error{ErrorCode::protocol, "left without an answer"};
            if (got->state == Progress::State::wantsRead && !answered_) return got;
        }
        return plain_->write(pieces);
    }

    Result<Progress> endSending() override { return plain_->endSending(); }
    bool holdsBytes() const override { return !held_.empty(); }
    std::string peerIdentity() const override { return name_; }

    static TransportFactory factory() {
        return [](int socket) { return std::make_unique<AskingTransport>(socket); };
    }

private:
    /// What has come goes to `held_`, without the answer. `done` with nothing held: only the answer had come.
    Result<Progress> receive() {
        std::array<char, 256> data;
        const iovec all{data.data(), data.size()};
        const auto got = plain_->read({&all, 1});
        if (!got || got->state != Progress::State::done) return got;
        for (std::size_t i = 0; i < got->bytes; ++i)
            if (data[i] == '!')
                answered_ = true;
            else
                held_ += data[i];
        return held_.empty() ? Progress{Progress::State::wantsRead} : *got;
    }

    std::unique_ptr<Transport> plain_;
    std::string name_;
    std::string held_;
    bool asked_ = false;
    bool answered_ = false;
};

} // namespace millrace::net::testing
