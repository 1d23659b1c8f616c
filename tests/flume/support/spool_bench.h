#pragma once

#include "catalog/flume/components.h"
#include "flume/sources/spooldir/spooldir_source.h"
#include "flume/support/component_bench.h"
#include "flume/support/temporary_file.h"

#include <QtTest>

#include <chrono>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace millrace::flume::test {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

/// A spooldir source over "spool" of a temporary directory, driven by hand.
struct Spool : ComponentBench {
    explicit Spool(catalog::Properties extra = {}, FileSystem& disk = posixFileSystem())
        : ComponentBench(catalog::kSpooldirSource, disk), more(std::move(extra)) {
        fs::create_directories(path("spool"));
    }
    /// Empty, or why not.
    std::string tryStart() {
        catalog::Properties values{{"spoolDir", "spool"}, {"pollDelay", "5"}, {"channels", "c"}};
        for (const auto& [key, value] : more)
            values.insert_or_assign(key, value);
        auto made = make(&makeSpooldirSource, std::move(values));
        if (!made) return made.error().message;
        source = std::move(*made);
        const Status started = source->start();
        return started ? "" : started.error().message;
    }
    void start() {
        const std::string problem = tryStart();
        QVERIFY2(problem.empty(), problem.c_str());
    }
    void stop() {
        source->stop();
        while (!source->finished())
            (void)source->cycle(events);
        source->close();
        source.reset();
    }
    /// As when the process is killed.
    void kill() { source.reset(); }

    /// A file that nobody has written to for a while, so many seconds ago.
    void put(const std::string& name, const std::string& content, int secondsAgo = 60) const {
        fs::create_directories(file(name).parent_path());
        fs::remove(file(name));
        appendTo(file(name), content);
        fs::last_write_time(file(name), fs::file_time_type::clock::now() - std::chrono::seconds(secondsAgo));
    }
    /// What the channels have got once they have `count` events.
    Lines lines(std::size_t count) {
        runUntil(*source, events, wakeUp, [&] { return events.bodies.size() >= count; });
        return events.bodies;
    }
    /// Cycles until the source wants to sleep or fails; the failure.
    std::string settle() {
        for (;;) {
            const auto cycle = source->cycle(events);
            if (cycle && cycle->outcome == Cycle::Outcome::idle) return {};
            if (cycle && cycle->outcome == Cycle::Outcome::backoff) return cycle->failure->message;
        }
    }
    std::set<std::string> namesIn(const std::string& directory) const {
        std::set<std::string> names;
        for (const auto& entry : fs::directory_iterator(path(directory)))
            if (entry.is_regular_file()) names.insert(entry.path().filename().string());
        return names;
    }
    std::string header(std::size_t event, std::string_view key) const {
        const std::string* value = events.headers.at(event).find(key);
        return value ? *value : "(none)";
    }
    fs::path file(const std::string& name) const { return path("spool") / name; }

    catalog::Properties more;
    KeptEvents events;
    std::unique_ptr<Source> source;
};

} // namespace millrace::flume::test
