#pragma once

#include "flume/registry.h"

namespace millrace::flume {

/// Takes batches and forgets them (org.apache.flume.sink.NullSink).
class NullSink final : public Sink {
public:
    static Result<std::unique_ptr<Sink>> make(Settings& settings, const ComponentContext& context);
    struct Options {
        std::size_t batchSize = 0;
        std::uint64_t logEvery = 0; ///< a line in the log after so many events; 0 = never
    };
    NullSink(const Options& options, const ComponentContext& context);

    Status start() override { return ok(); }
    void stop() override {}
    Result<Cycle> cycle(Transaction& transaction) override;
    Status reconfigure(const catalog::ComponentConfig& config) override;

private:
    Options options_;
    std::string id_;
    Log& log_;
    Counter& attempted_;
    Counter& drained_;
    std::uint64_t taken_ = 0;
};

} // namespace millrace::flume
