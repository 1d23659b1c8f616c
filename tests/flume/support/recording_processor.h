#pragma once

#include "flume/component.h"

#include <deque>
#include <string>
#include <vector>

namespace millrace::flume::test {

/// A ChannelProcessor that keeps what a source handed over, and can refuse. One thread.
class RecordingProcessor final : public ChannelProcessor {
public:
    using ChannelProcessor::process;
    Status process(EventRanges events) override;
    std::vector<Status> processEach(const EventRange& range) override {
        return {range.size(), process(EventRanges{range})};
    }

    /// The next call fails with this error and records nothing; several are used one after another.
    void refuseNext(Error error) { refusals_.push_back(std::move(error)); }

    /// One element per successful call.
    const std::vector<EventRanges>& batches() const { return batches_; }
    std::vector<std::size_t> batchSizes() const;
    /// All bodies in order.
    std::vector<std::string> bodies() const;
    /// The headers of the n-th event; asserts that there is one.
    const HeaderSet& headers(std::size_t event) const;
    std::size_t eventCount() const;
    int refused() const { return refused_; }
    void clear() { batches_.clear(); }

private:
    std::vector<EventRanges> batches_;
    std::deque<Error> refusals_;
    int refused_ = 0;
};

} // namespace millrace::flume::test
