#pragma once

#include "flume/event_serializer.h"
#include "flume/path_manager.h"
#include "flume/settings.h"
#include "flume/support/batch_sink.h"

#include <chrono>
#include <memory>
#include <string>

namespace millrace::flume {

struct FileRollOptions {
    std::filesystem::path directory;
    std::chrono::milliseconds rollInterval{30'000}; ///< 0: never
    std::size_t batchSize = 100;
    MakeSerializer serializer;
    MakePathManager paths;
};
Result<FileRollOptions> readFileRollOptions(Settings& settings, const ComponentServices& services);

/// org.apache.flume.sink.RollingFileSink: a batch is written at once and is with the system before its commit. When a
/// write fails the file is cut back to what it was, so that the batch is neither lost nor there twice.
class FileRollSink final : public BatchSink {
public:
    FileRollSink(FileRollOptions options, const ComponentServices& services);

    Status start() override;
    void stop() override;
    Status reconfigure(const catalog::ComponentConfig& config) override;

private:
    Status prepare() override;
    Status send(std::span<const EventRange> ranges, std::size_t count) override;
    Cycle idle() const override;
    Status openNext();
    void closeFile();

    FileRollOptions options_;
    std::unique_ptr<PathManager> paths_;
    std::filesystem::path path_;
    std::unique_ptr<File> file_;
    std::unique_ptr<EventSerializer> serializer_;
    std::string buffer_;
    std::uint64_t size_ = 0;
    MonotonicTime rollAt_{};
};

Result<std::unique_ptr<Sink>> makeFileRollSink(Settings& settings, const ComponentServices& services);

} // namespace millrace::flume
