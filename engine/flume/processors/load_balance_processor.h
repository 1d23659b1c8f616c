#pragma once

#include "flume/sink_processor.h"
#include "flume/settings.h"

#include <chrono>
#include <optional>

namespace millrace::flume {

/// Each cycle another sink, in turn or at random; one that fails passes the batch on to the next, and with `backoff` it
/// is left out for a while (org.apache.flume.sink.LoadBalancingSinkProcessor and its order selectors).
class LoadBalanceProcessor final : public SinkProcessor {
public:
    static Result<std::unique_ptr<SinkProcessor>> make(Settings& settings, const ComponentServices& services,
                                                       const ProcessorParts& parts);
    struct Options {
        bool random = false;
        bool backoff = false;
        std::chrono::milliseconds maxTimeOut{0};
    };
    LoadBalanceProcessor(const ComponentServices& services, ProcessorParts parts, Options options);
    Result<Cycle> process() override;

private:
    struct Record {
        std::optional<MonotonicTime> lastFailure;
        MonotonicTime restored{};
        int failuresInRow = 0;
    };
    std::vector<std::size_t> order();
    void noteFailure(std::size_t sink);
    std::chrono::milliseconds rest(int failures) const;

    ComponentServices services_;
    ProcessorParts parts_;
    Options options_;
    std::vector<Record> records_; ///< for each sink
    std::size_t next_ = 0;
};

} // namespace millrace::flume
