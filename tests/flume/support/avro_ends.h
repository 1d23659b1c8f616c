#pragma once

#include "catalog/flume/components.h"
#include "flume/sinks/avro_sink.h"
#include "flume/sources/avro_source.h"
#include "flume/support/component_bench.h"
#include "net/event_loop.h"

#include <atomic>
#include <thread>

/// An Avro source and an Avro sink, each alone, without agents round them.
namespace millrace::flume::test {

struct AvroIn : ComponentBench {
    explicit AvroIn(catalog::Properties extra = {}, std::uint16_t port = 0) : ComponentBench(catalog::kAvroSource) {
        context.loop = [this]() -> net::EventLoop& { return loop; };
        catalog::Properties values{{"bind", "127.0.0.1"}, {"port", std::to_string(port)}, {"channels", "c"}};
        for (const auto& [key, value] : extra)
            values.insert_or_assign(key, value);
        auto made = make(&makeAvroSource, std::move(values));
        if (!made) {
            error = made.error().message;
            return;
        }
        source = std::move(*made);
        const Status started = source->start();
        if (!started) error = started.error().message;
    }
    ~AvroIn() { stopServing(); }
    std::uint16_t port() const { return static_cast<AvroSource&>(*source).address().port; }
    /// A runner of its own, as the sink waits for the answer on the test's thread.
    void serve() {
        thread = std::thread([this] { runUntil(*source, events, wakeUp, [this] { return done.load(); }); });
    }
    void stopServing() {
        done = true;
        wakeUp.notify();
        if (thread.joinable()) thread.join();
    }
    net::EventLoop loop{"avro test"};
    KeptEvents events;
    std::unique_ptr<Source> source;
    std::string error;
    std::atomic<bool> done{false};
    std::thread thread;
};

struct AvroOut : ComponentBench {
    explicit AvroOut(std::uint16_t port, catalog::Properties extra = {}) : ComponentBench(catalog::kAvroSink) {
        catalog::Properties values{{"hostname", "127.0.0.1"}, {"port", std::to_string(port)}, {"channel", "c"}};
        for (const auto& [key, value] : extra)
            values.insert_or_assign(key, value);
        auto made = make(&makeAvroSink, std::move(values));
        if (made)
            sink = std::move(*made);
        else
            error = made.error().message;
    }
    KeptTransaction channel;
    std::unique_ptr<Sink> sink;
    std::string error;
};

} // namespace millrace::flume::test
