#pragma once

#include "flume/registry.h"

namespace millrace::flume {

/// Events of one size as fast as the channels take them (org.apache.flume.source.StressSource): the same bodies again
/// and again, made once.
class StressSource final : public Source {
public:
    static Result<std::unique_ptr<Source>> make(Settings& settings, const ComponentServices& services);
    struct Options {
        std::size_t size = 0;
        std::int64_t maxTotal = -1;      ///< attempts; negative = no end
        std::int64_t maxSuccessful = -1; ///< accepted events; negative = no end
        std::size_t batchSize = 1;
        std::int64_t perSecond = 0; ///< 0 = no limit
        bool operator==(const Options&) const = default;
    };
    StressSource(const Options& options, const ComponentServices& services);

    Status start() override;
    void stop() override {}
    Result<Cycle> cycle(ChannelProcessor& output) override;
    Status reconfigure(const catalog::ComponentConfig& config) override;

private:
    void makeBatches();
    /// How many events may go now; `wakeAt` is set when that is none because of the rate.
    std::size_t allowed(std::optional<MonotonicTime>& wakeAt);

    Options options_;
    ComponentServices services_;
    Counter& received_;
    Counter& accepted_;
    std::vector<EventBatchPtr> batches_; ///< used in turn, each in pieces of one batch
    std::size_t current_ = 0;
    std::uint32_t position_ = 0;
    EventRange piece_; ///< kept, so that the next piece of the same batch costs no reference count
    std::int64_t attempted_ = 0;
    std::int64_t successful_ = 0;
    MonotonicTime rateStart_{};
    std::int64_t rateSent_ = 0;
};

} // namespace millrace::flume
