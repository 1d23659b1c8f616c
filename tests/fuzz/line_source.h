#pragma once

#include "counters/counter_set.h"
#include "flume/component_services.h"
#include "fuzz/fuzz_target.h"
#include "net/connection.h"
#include "net/connection_handler.h"
#include "net/event_loop.h"

#include <algorithm>
#include <memory>
#include <vector>

/// A source that reads lines, without a socket: what the handler of its connection makes of bytes.
namespace millrace::fuzz {

class NoLog final : public Log {
public:
    void write(LogLevel, std::string_view, std::string_view) override {}
};

/// Nothing reaches anybody.
class NoConnection final : public net::Connection {
public:
    explicit NoConnection(net::EventLoop& loop) : loop_(loop) {}
    void send(std::vector<Bytes>) override {}
    std::size_t queuedBytes() const override { return 0; }
    void pauseReading() override {}
    void resumeReading() override {}
    void closeAfterSending() override {}
    void close() override {}
    const net::Address& peer() const override { return address_; }
    const std::string& peerIdentity() const override { return nobody_; }
    const net::Address& local() const override { return address_; }
    net::EventLoop& loop() override { return loop_; }

private:
    net::EventLoop& loop_;
    const net::Address address_{"127.0.0.1", 1};
    const std::string nobody_;
};

/// What a source on a runner would have.
struct LineServices {
    LineServices() {
        services.id = "fuzz";
        services.log = &log;
        services.clock = &systemThreadClock();
        services.loop = [this]() -> net::EventLoop& { return loop; };
        services.counters = &counters;
        services.wakeUp = &wakeUp;
    }
    NoLog log;
    flume::WakeUp wakeUp;
    CounterSet counters{std::span<const std::string_view>()};
    net::EventLoop loop{"fuzz"};
    flume::ComponentServices services;
};

/// Hands all of `stream` to the handler, `step` bytes at a time, each time with what it has not consumed in front.
inline void feed(net::StreamHandler& handler, net::EventLoop& loop, Input stream, std::size_t step) {
    handler.opened(std::make_shared<NoConnection>(loop));
    std::vector<std::uint8_t> held;
    for (std::size_t at = 0; at < stream.size(); at += step) {
        const auto piece = stream.subspan(at, std::min(step, stream.size() - at));
        held.insert(held.end(), piece.begin(), piece.end());
        const auto consumed = handler.received(held);
        if (!consumed) break;
        held.erase(held.begin(), held.begin() + static_cast<std::ptrdiff_t>(*consumed));
    }
    handler.closed(nullptr);
}

} // namespace millrace::fuzz
