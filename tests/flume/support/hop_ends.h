#pragma once

#include "catalog/flume/components.h"
#include "flume/support/call_source.h"
#include "flume/support/component_bench.h"
#include "net/event_loop.h"

#include <atomic>
#include <thread>

/// A source that is called and a sink that calls, each alone, without agents round them.
namespace millrace::flume::test {

inline catalog::Properties merged(catalog::Properties values, const catalog::Properties& more) {
    for (const auto& [key, value] : more)
        values.insert_or_assign(key, value);
    return values;
}

struct HopIn : ComponentBench {
    HopIn(const catalog::ComponentSpec& source, catalog::Properties values) : ComponentBench(source) {
        context.loop = [this]() -> net::EventLoop& { return loop; };
        values.emplace("channels", "c");
        auto made = make(builtinRegistry().find<SourceFactory>(spec), std::move(values));
        if (!made) {
            error = made.error().message;
            return;
        }
        this->source = std::move(*made);
        const Status started = this->source->start();
        if (!started) error = started.error().message;
    }
    ~HopIn() { stopServing(); }
    std::uint16_t port() const { return static_cast<CallSource&>(*source).address().port; }
    /// A runner of its own, as the sink waits for the answer on the test's thread.
    void serve() {
        thread = std::thread([this] { runUntil(*source, events, wakeUp, [this] { return done.load(); }); });
    }
    void stopServing() {
        done = true;
        wakeUp.notify();
        if (thread.joinable()) thread.join();
    }
    net::EventLoop loop{"hop test"};
    KeptEvents events;
    std::unique_ptr<Source> source;
    std::string error;
    std::atomic<bool> done{false};
    std::thread thread;
};

struct HopOut : ComponentBench {
    HopOut(const catalog::ComponentSpec& sink, std::uint16_t port, const catalog::Properties& extra)
        : ComponentBench(sink) {
        auto made = make(builtinRegistry().find<SinkFactory>(spec),
                         merged({{"hostname", "127.0.0.1"}, {"port", std::to_string(port)}, {"channel", "c"}}, extra));
        if (made)
            this->sink = std::move(*made);
        else
            error = made.error().message;
    }
    KeptTransaction channel;
    std::unique_ptr<Sink> sink;
    std::string error;
};

struct AvroIn : HopIn {
    explicit AvroIn(const catalog::Properties& extra = {}, std::uint16_t port = 0)
        : HopIn(catalog::kAvroSource, merged({{"bind", "127.0.0.1"}, {"port", std::to_string(port)}}, extra)) {}
};
struct AvroOut : HopOut {
    explicit AvroOut(std::uint16_t port, const catalog::Properties& extra = {})
        : HopOut(catalog::kAvroSink, port, extra) {}
};
struct ThriftIn : HopIn {
    explicit ThriftIn(const catalog::Properties& extra = {}, std::uint16_t port = 0)
        : HopIn(catalog::kThriftSource, merged({{"bind", "127.0.0.1"}, {"port", std::to_string(port)}}, extra)) {}
};
struct ThriftOut : HopOut {
    explicit ThriftOut(std::uint16_t port, const catalog::Properties& extra = {})
        : HopOut(catalog::kThriftSink, port, extra) {}
};

} // namespace millrace::flume::test
