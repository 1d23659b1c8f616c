#pragma once

#include "net/connection_handler.h"
#include "net/listener.h"
#include "net/client_socket.h"
#include "support/memory_log.h"

#include <arpa/inet.h>
#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace millrace::net::testing {

using test::MemoryLog;

/// What a connection's handler saw, readable from the test's thread.
class Seen {
public:
    void add(std::string text) {
        const std::lock_guard lock(mutex_);
        received_.push_back(std::move(text));
    }
    std::vector<std::string> received() const {
        const std::lock_guard lock(mutex_);
        return received_;
    }
    std::string joined() const {
        std::string all;
        for (const auto& piece : received())
            all += piece;
        return all;
    }
    void setClosed(const Error* reason) {
        const std::lock_guard lock(mutex_);
        reason_ = reason ? reason->message : "";
        ++closedCalls;
    }
    std::string reason() const {
        const std::lock_guard lock(mutex_);
        return reason_;
    }
    std::atomic<int> opened = 0;
    std::atomic<int> closedCalls = 0;
    std::atomic<int> drainedCalls = 0;
    std::atomic<int> peerFinishedCalls = 0;

private:
    mutable std::mutex mutex_;
    std::vector<std::string> received_;
    std::string reason_;
};

using ConnectionPtr = std::shared_ptr<Connection>;

struct StreamScript {
    std::function<void(const ConnectionPtr&)> opened = [](const ConnectionPtr&) {};
    std::function<Result<std::size_t>(const ConnectionPtr&, std::string_view)> received =
        [](const ConnectionPtr&, std::string_view data) -> Result<std::size_t> { return data.size(); };
    std::function<void(const ConnectionPtr&)> drained = [](const ConnectionPtr&) {};
    std::function<void(const ConnectionPtr&)> peerFinished; ///< absent = the default of StreamHandler
};

class ScriptedStream final : public StreamHandler {
public:
    ScriptedStream(Seen& seen, const StreamScript& script) : seen_(seen), script_(script) {}
    void opened(const ConnectionPtr& connection) override {
        connection_ = connection;
        script_.opened(connection);
        ++seen_.opened; // last: a test that has seen it reads what the script wrote
    }
    Result<std::size_t> received(std::span<const std::uint8_t> data) override {
        const std::string_view text(reinterpret_cast<const char*>(data.data()), data.size());
        auto consumed = script_.received(connection_, text);
        if (consumed) seen_.add(std::string(text.substr(0, *consumed)));
        return consumed;
    }
    void peerFinished() override {
        ++seen_.peerFinishedCalls;
        if (script_.peerFinished)
            script_.peerFinished(connection_);
        else
            StreamHandler::peerFinished();
    }
    void drained() override {
        ++seen_.drainedCalls;
        script_.drained(connection_);
    }
    void closed(const Error* reason) override { seen_.setClosed(reason); }

private:
    Seen& seen_;
    const StreamScript& script_;
    ConnectionPtr connection_;
};

class ScriptedFrames final : public FrameHandler {
public:
    using OnFrame = std::function<Status(const ConnectionPtr&, const Bytes&)>;
    ScriptedFrames(Seen& seen, const OnFrame& onFrame) : seen_(seen), onFrame_(onFrame) {}
    void opened(const ConnectionPtr& connection) override {
        connection_ = connection;
        ++seen_.opened;
    }
    Status received(Bytes frame) override {
        const Status status = onFrame_(connection_, frame);
        if (status) seen_.add(std::string(frame.text()));
        return status;
    }
    void closed(const Error* reason) override { seen_.setClosed(reason); }

private:
    Seen& seen_;
    const OnFrame& onFrame_;
    ConnectionPtr connection_;
};

inline std::span<const std::uint8_t> bytesOf(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// An int32 length with its bytes behind it.
inline std::string framed(std::string_view body) {
    const auto n = static_cast<std::uint32_t>(body.size());
    std::string frame{char(n >> 24), char(n >> 16), char(n >> 8), char(n)};
    frame += body;
    return frame;
}

/// A loopback client whose calls wait at most a time no healthy run comes near.
class TestClient {
public:
    explicit TestClient(const Address& address, const TransportFactory& transport = {}) {
        auto socket = connectTo(address, kPatience, nullptr, transport);
        if (socket)
            socket_ = std::move(*socket);
        else
            error_ = socket.error().message;
    }
    bool connected() const { return socket_ != nullptr; }
    const std::string& error() const { return error_; }
    ClientSocket& socket() { return *socket_; }
    bool send(std::string_view text) { return static_cast<bool>(socket_->sendAll(bytesOf(text), kPatience)); }
    std::string receive(std::size_t size) {
        std::vector<std::uint8_t> data(size);
        const auto status = socket_->receiveExactly(data, kPatience);
        return status ? std::string(data.begin(), data.end()) : "error: " + status.error().message;
    }
    /// All until the other side ends; "error: …" when it ends badly.
    std::string receiveAll() {
        std::string all;
        std::vector<std::uint8_t> data(64 * 1024);
        for (;;) {
            const auto got = socket_->receiveSome(data, kPatience);
            if (!got) return "error: " + got.error().message;
            if (*got == 0) return all;
            all.append(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(*got));
        }
    }
    void hangUp() { socket_.reset(); }

    static constexpr std::chrono::milliseconds kPatience{60'000};

private:
    std::unique_ptr<ClientSocket> socket_;
    std::string error_;
};

/// A bare socket, for what ClientSocket does not offer: ending one direction only.
class RawClient {
public:
    explicit RawClient(const Address& address) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(address.port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
    }
    RawClient(RawClient&& other) noexcept : fd_(std::exchange(other.fd_, -1)), connected_(other.connected_) {}
    ~RawClient() {
        if (fd_ >= 0) ::close(fd_);
    }
    bool connected() const { return connected_; }
    bool send(std::string_view text) {
        return ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
    }
    void endSending() { ::shutdown(fd_, SHUT_WR); }
    std::string receiveAll() {
        std::string all;
        char data[4096];
        for (ssize_t got = 0; (got = ::recv(fd_, data, sizeof data, 0)) > 0;)
            all.append(data, static_cast<std::size_t>(got));
        return all;
    }

private:
    int fd_;
    bool connected_ = false;
};

} // namespace millrace::net::testing
