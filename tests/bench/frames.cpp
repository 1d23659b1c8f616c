// Frames through one loop: a blocking client with some requests in flight, and a server that answers each with 16
// bytes.
#include "net/listener.h"
#include "net/client_socket.h"

#include <chrono>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace millrace;
using namespace millrace::net;

namespace {

constexpr std::chrono::milliseconds kPatience{60'000};
constexpr std::size_t kAnswerBytes = 16;

class Answering final : public FrameHandler {
public:
    void opened(const std::shared_ptr<Connection>& connection) override { connection_ = connection; }
    Status received(Bytes frame) override {
        (void)frame;
        connection_->send(Bytes(std::vector<std::uint8_t>(kAnswerBytes)));
        return ok();
    }
    void closed(const Error*) override { connection_.reset(); }

private:
    std::shared_ptr<Connection> connection_;
};

double cpuSeconds() {
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void measure(const Address& address, std::size_t bytes, std::size_t inFlight, std::size_t frames) {
    auto socket = connectTo(address, kPatience);
    if (!socket) return;
    std::vector<std::uint8_t> frame(4 + bytes);
    for (int i = 0; i < 4; ++i)
        frame[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(bytes >> (24 - 8 * i));
    std::vector<std::uint8_t> answer(kAnswerBytes);
    const auto begin = std::chrono::steady_clock::now();
    const double cpu = cpuSeconds();
    std::size_t answered = 0;
    for (std::size_t sent = 0; answered < frames;) {
        while (sent < frames && sent - answered < inFlight) {
            if (!(*socket)->sendAll(frame, kPatience)) return;
            ++sent;
        }
        if (!(*socket)->receiveExactly(answer, kPatience)) return;
        ++answered;
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::printf("%8zu bytes, %2zu in flight: %9.0f frames/s, %6.2f GB/s, %5.1f us CPU a frame (both ends)\n", bytes,
                inFlight, static_cast<double>(frames) / took.count(),
                static_cast<double>(frames * bytes) * 1e-9 / took.count(),
                (cpuSeconds() - cpu) / static_cast<double>(frames) * 1e6);
}

} // namespace

int main() {
    EventLoop loop("frames");
    auto listener = listenFrames(loop, {"127.0.0.1", 0}, {}, [] { return std::make_unique<Answering>(); });
    if (!listener) return 1;
    for (const std::size_t bytes :
         {std::size_t(100), std::size_t(16 * 1024), std::size_t(64 * 1024), std::size_t(1024 * 1024)})
        for (const std::size_t inFlight : {1, 5})
            measure((*listener)->address(), bytes, inFlight,
                    bytes > 100'000  ? 2'000
                    : bytes > 10'000 ? 20'000
                                     : 50'000);
    return 0;
}
