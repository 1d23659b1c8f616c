#pragma once

#include "flume/sinks/hdfs/buckets.h"
#include "flume/sinks/hdfs/hdfs_options.h"
#include "flume/support/batch_sink.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace millrace::flume {

/// org.apache.flume.sink.hdfs.HDFSEventSink: a batch is committed when every file that got some of it has it for good.
/// A file is ended by its age on a thread of its own, as a sink of a group may not be asked for long.
class HdfsSink final : public BatchSink {
public:
    HdfsSink(HdfsOptions options, const ComponentServices& services);
    ~HdfsSink() override; ///< without stop() before it files stay as they are

    Status start() override;
    void stop() override; ///< takes 10 s at most
    Status reconfigure(const catalog::ComponentConfig& config) override;
    void interrupt() override;

private:
    Status send(std::span<const EventRange> events, std::size_t count) override;
    void watchTime();
    void endWatch();

    const HdfsOptions options_;
    const std::unique_ptr<FileStore> store_;

    std::mutex mutex_;                 ///< guards what follows
    std::condition_variable changed_;  ///< due_ is earlier, or the watch ends
    std::optional<Buckets> buckets_;   ///< between start() and stop()
    std::optional<MonotonicTime> due_; ///< until when the watch sleeps
    bool watchEnds_ = false;
    std::thread watch_;
};

Result<std::unique_ptr<Sink>> makeHdfsSink(Settings& settings, const ComponentServices& services);

} // namespace millrace::flume
