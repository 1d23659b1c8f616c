#pragma once

#include "base/manual_thread_clock.h"
#include "catalog/flume/components.h"
#include "flume/sinks/hdfs/hdfs_sink.h"
#include "flume/support/component_bench.h"
#include "flume/support/temporary_file.h"

#include <QStringList>

#include <algorithm>

namespace millrace::flume::test {

/// An hdfs sink by itself, whose time is moved by hand. Without further properties it writes text to files of its run
/// directory that do not end by themselves.
struct HdfsBench : ComponentBench {
    explicit HdfsBench(catalog::Properties extra = {}, FileSystem& disk = posixFileSystem(),
                       net::EventLoop* loop = nullptr)
        : ComponentBench(catalog::kHdfsSink, disk) {
        context.clock = &clock;
        context.loop = [loop]() -> net::EventLoop& { return *loop; };
        catalog::Properties values{{"hdfs.path", "out"},   {"hdfs.fileType", "DataStream"}, {"hdfs.rollInterval", "0"},
                                   {"hdfs.rollSize", "0"}, {"hdfs.rollCount", "0"},         {"channel", "c"}};
        for (const auto& [key, value] : extra)
            values.insert_or_assign(key, value);
        auto made = make(&makeHdfsSink, std::move(values));
        if (made)
            sink = std::move(*made);
        else
            error = made.error().message;
    }
    bool start() { return sink->start().has_value(); }
    Result<Cycle> cycle() { return sink->cycle(channel); }
    /// Until the channel is empty; false when a cycle fails.
    bool drain() {
        while (channel.waiting() > 0)
            if (!cycle()) return false;
        return true;
    }
    /// Below the run directory, sorted; the numbers of the files as N, those that follow each other alike.
    QStringList names() const {
        QStringList all;
        for (const auto& file : files())
            all << QString::fromStdString(std::filesystem::relative(file, context.runDirectory).string())
                       .replace(QRegularExpression("\\d{7,}"), "N");
        return all;
    }
    std::vector<std::filesystem::path> files() const {
        std::vector<std::filesystem::path> result;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(context.runDirectory))
            if (entry.is_regular_file()) result.push_back(entry.path());
        std::sort(result.begin(), result.end());
        return result;
    }
    /// Of all files, in the order of their names.
    QStringList contents() const {
        QStringList all;
        for (const auto& file : files())
            all << QString::fromStdString(contentOf(file));
        return all;
    }

    ManualThreadClock clock;
    KeptTransaction channel;
    std::unique_ptr<Sink> sink;
    std::string error;
};

} // namespace millrace::flume::test
