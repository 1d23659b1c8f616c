#pragma once

#include "flume/channels/file/file_channel.h"
#include "flume/support/channel_bench.h"
#include "flume/support/test_context.h"

#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <string>
#include <vector>

namespace millrace::flume::test {

/// A file channel over "checkpoint" and "data" of a temporary directory, driven by hand through one transaction for
/// puts and one for takes.
class FileChannelBench {
public:
    explicit FileChannelBench(const ChannelProperties& properties = {}, FileSystem& disk = posixFileSystem());
    ~FileChannelBench();

    Channel& channel() { return *channel_; }
    RecordingLog& log() { return context_.log(); }
    std::int64_t counter(std::string_view name) { return context_.counter(name); }
    Status tryStart();
    void start(); ///< ends the test program when that fails
    void stop() { channel_->stop(); }
    /// Another channel on the same directories, after the first has stopped.
    void restart();
    /// The same with the files as they were before the stop, as when the process is killed.
    void dieAndStart();
    Status reconfigure(const ChannelProperties& properties);

    Status put(const EventBatchPtr& batch) { return putAll(*put_, batch); }
    std::vector<std::string> take(std::size_t max);
    EventRanges takeRanges(std::size_t max);
    /// Takes with a transaction that stays open.
    std::vector<std::string> takeAndHold(std::size_t max);
    Status commitHeld() { return held_->commit(); }
    void rollBackHeld() { held_->rollback(); }

    std::filesystem::path path(const std::string& name) const;
    QStringList entries(const QString& directory) const; ///< names of the files, sorted
    QStringList logFiles() const;                        ///< paths, in the order of their numbers
    std::string read(const std::string& name) const;
    void write(const std::string& name, const std::string& content) const;

private:
    void make();

    QTemporaryDir directory_;
    TestContext context_;
    SeededRandom random_; ///< no two channels have the same id
    ChannelProperties properties_;
    WakeUp waker_;
    std::unique_ptr<Channel> channel_;
    std::unique_ptr<Transaction> put_, take_, held_;
};

} // namespace millrace::flume::test
