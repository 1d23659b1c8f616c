#pragma once

#include "catalog/flume/components.h"
#include "flume/sources/taildir/taildir_source.h"
#include "flume/support/component_bench.h"
#include "flume/support/temporary_file.h"

#include <QtTest>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace millrace::flume::test {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

/// A TAILDIR source over "logs/.*\.log" of a temporary directory, driven by hand.
struct Tail : ComponentBench {
    explicit Tail(catalog::Properties extra = {}, FileSystem& disk = posixFileSystem())
        : ComponentBench(catalog::kTaildirSource, disk), more(std::move(extra)) {
        fs::create_directories(path("logs"));
    }
    void start() {
        catalog::Properties values{{"filegroups", "g"},
                                   {"filegroups.g", "logs/.*\\.log"},
                                   {"positionFile", "state/positions.json"},
                                   {"channels", "c"}};
        for (const auto& [key, value] : more)
            values.insert_or_assign(key, value);
        auto made = make(&makeTaildirSource, std::move(values));
        QVERIFY2(made.has_value(), made ? "" : made.error().message.c_str());
        source = std::move(*made);
        const Status started = source->start();
        QVERIFY2(started.has_value(), started ? "" : started.error().message.c_str());
    }
    void stop() {
        source->stop();
        source.reset();
    }
    /// As stop(), and delivers what is left to be delivered.
    void finish() {
        source->stop();
        while (!source->finished())
            (void)source->cycle(events);
        source->stop();
        source.reset();
    }
    /// What the channels have got once they have `count` events.
    Lines lines(std::size_t count) {
        runUntil(*source, events, wakeUp, [&] { return events.bodies.size() >= count; });
        return events.bodies;
    }
    /// Cycles until the source wants to sleep.
    void settle() {
        for (;;) {
            const auto cycle = source->cycle(events);
            if (cycle && cycle->outcome == Cycle::Outcome::idle) return;
        }
    }
    fs::path file(const std::string& name) const { return path("logs") / name; }

    catalog::Properties more;
    KeptEvents events;
    std::unique_ptr<Source> source;
};

} // namespace millrace::flume::test
