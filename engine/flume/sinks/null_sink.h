#pragma once

#include "flume/registry.h"
#include "flume/support/batch_sink.h"

namespace millrace::flume {

/// Takes batches and forgets them (org.apache.flume.sink.NullSink).
class NullSink final : public BatchSink {
public:
    static Result<std::unique_ptr<Sink>> make(Settings& settings, const ComponentServices& services);
    struct Options {
        std::size_t batchSize = 0;
        std::uint64_t logEvery = 0; ///< a line in the log after so many events; 0 = never, as when the file is silent
    };
    NullSink(const Options& options, const ComponentServices& services);

    Status start() override { return ok(); }
    void stop() override {}
    Status reconfigure(const catalog::ComponentConfig& config) override;

private:
    Status send(std::span<const EventRange> events, std::size_t count) override;
    std::uint64_t logEvery_;
    std::uint64_t taken_ = 0;
};

} // namespace millrace::flume
