// One Avro hop: a blocking client and a server, in this process or against a peer.
//   avro_hop                                        both ends here
//   avro_hop send HOST PORT EVENTS BATCH [deflate]  drives an avro source elsewhere (Apache Flume's, say)
//   avro_hop serve PORT SECONDS [deflate]           counts what avro sinks elsewhere send
#include "rpc/avro_client.h"
#include "rpc/avro_server.h"
#include "rpc/deflate_transport.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <thread>

using namespace millrace;
using namespace millrace::rpc;

namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

double cpuSeconds() {
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Copies bodies into one slab, as a source does.
class CountingReceiver final : public CallReceiver, EventSink {
public:
    explicit CountingReceiver(std::atomic<std::size_t>& events) : events_(events) {}
    EventSink& begin(CallKind) override {
        slab_.clear();
        count_ = 0;
        return *this;
    }
    void event(const EventHeaders& headers, std::string_view body) override {
        if (headers.encoded() != lastHeaders_) lastHeaders_ = headers.encoded();
        slab_ += body;
        ++count_;
    }
    std::size_t weight() const override { return slab_.size(); }
    void completed(Reply reply) override {
        events_ += count_;
        reply.answer(CallStatus::ok);
    }
    void abandoned() override {}

private:
    std::atomic<std::size_t>& events_;
    std::string slab_;
    std::string lastHeaders_;
    std::size_t count_ = 0;
};

Result<std::unique_ptr<net::Listener>> serve(net::EventLoop& loop, std::uint16_t port, bool deflate,
                                             std::atomic<std::size_t>& events) {
    CallServerOptions options;
    if (deflate) options.limits.transport = deflateTransport();
    return listenAvro(loop, {"127.0.0.1", port}, options,
                      [&events] { return std::make_unique<CountingReceiver>(events); });
}

int drive(const net::Address& address, std::size_t events, std::size_t batchSize, bool deflate) {
    ClientOptions options;
    options.address = address;
    if (deflate) options.transport = deflateTransport();
    auto client = AvroClient::connect(options);
    if (!client) return std::fprintf(stderr, "%s\n", client.error().message.c_str()), 1;
    const Headers headers{{"host", "web-1"}, {"timestamp", "1700000000000"}};
    const std::string body(500, 'b');
    const auto begin = std::chrono::steady_clock::now();
    const double cpu = cpuSeconds();
    AvroBatch batch;
    for (std::size_t sent = 0; sent < events; sent += batchSize) {
        batch.clear();
        for (std::size_t i = 0; i < batchSize; ++i) {
            if (i == 0)
                batch.add(headers, body);
            else
                batch.addWithSameHeaders(body);
        }
        for (;;) {
            const auto status = (*client)->appendBatch(batch);
            if (!status) return std::fprintf(stderr, "%s\n", status.error().message.c_str()), 1;
            if (*status == CallStatus::ok) break; // FAILED: the channel over there is full for now
        }
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::printf("%-8s batch %5zu: %10.0f events/s, %7.1f MB/s, %.2f CPU s per million events here\n",
                deflate ? "deflate" : "plain", batchSize, static_cast<double>(events) / took.count(),
                static_cast<double>(events) * 500e-6 / took.count(),
                (cpuSeconds() - cpu) / static_cast<double>(events) * 1e6);
    return 0;
}

int bothEnds() {
    for (const bool deflate : {false, true}) {
        net::EventLoop loop("server");
        std::atomic<std::size_t> events = 0;
        auto listener = serve(loop, 0, deflate, events);
        if (!listener) return 1;
        for (const std::size_t batch : {1, 100, 1000})
            drive((*listener)->address(), batch == 1 ? 20'000 : deflate ? 200'000 : 1'000'000, batch, deflate);
    }
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    const std::string mode = argc > 1 ? argv[1] : "";
    const bool deflate = argc > 1 && std::strcmp(argv[argc - 1], "deflate") == 0;
    const auto number = [&](int at) { return std::strtoul(argv[at], nullptr, 10); };
    if (mode == "send" && argc >= 6)
        return drive({argv[2], static_cast<std::uint16_t>(number(3))}, number(4), number(5), deflate);
    if (mode == "serve" && argc >= 4) {
        net::EventLoop loop("server");
        std::atomic<std::size_t> events = 0;
        auto listener = serve(loop, static_cast<std::uint16_t>(number(2)), deflate, events);
        if (!listener) return std::fprintf(stderr, "%s\n", listener.error().message.c_str()), 1;
        std::size_t before = 0;
        for (unsigned long second = 0; second < number(3); ++second) {
            std::this_thread::sleep_for(std::chrono::seconds(1));
            const std::size_t now = events;
            std::printf("%zu events, %zu/s, %.2f CPU s\n", now, now - before, cpuSeconds());
            std::fflush(stdout);
            before = now;
        }
        return 0;
    }
    return bothEnds();
}
