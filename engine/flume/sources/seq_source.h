#pragma once

#include "flume/registry.h"

namespace millrace::flume {

/// Bodies "0", "1", "2", … (org.apache.flume.source.SequenceGeneratorSource). A batch that a channel refuses is tried
/// again with the same numbers.
class SeqSource final : public Source {
public:
    static Result<std::unique_ptr<Source>> make(Settings& settings, const ComponentServices& services);
    struct Options {
        std::size_t batchSize = 1;
        std::int64_t totalEvents = 0;
    };
    SeqSource(const Options& options, const ComponentServices& services);

    Status start() override;
    void stop() override {}
    Result<Cycle> cycle(ChannelProcessor& output) override;
    Status reconfigure(const catalog::ComponentConfig& config) override;

private:
    EventBatchPtr makeBatch(std::int64_t first, std::int64_t count) const;

    Options options_;
    Counter& accepted_;
    std::int64_t next_ = 0;  ///< the number behind those of `pending_`
    EventBatchPtr pending_; ///< what the channels have refused comes again
};

} // namespace millrace::flume
