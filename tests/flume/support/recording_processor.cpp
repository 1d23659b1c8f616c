#include "flume/support/recording_processor.h"

#include "base/assertion.h"

namespace millrace::flume::test {

Status RecordingProcessor::process(EventRanges events) {
    if (!refusals_.empty()) {
        Error error = std::move(refusals_.front());
        refusals_.pop_front();
        ++refused_;
        return error;
    }
    batches_.push_back(std::move(events));
    return ok();
}

std::vector<std::size_t> RecordingProcessor::batchSizes() const {
    std::vector<std::size_t> sizes;
    for (const EventRanges& ranges : batches_)
        sizes.push_back(flume::eventCount(ranges));
    return sizes;
}

std::vector<std::string> RecordingProcessor::bodies() const {
    std::vector<std::string> bodies;
    for (const EventRanges& ranges : batches_)
        for (const EventRange& range : ranges)
            for (std::uint32_t i = range.first; i < range.last; ++i)
                bodies.emplace_back(range.batch->body(i));
    return bodies;
}

const HeaderSet& RecordingProcessor::headers(std::size_t event) const {
    for (const EventRanges& ranges : batches_)
        for (const EventRange& range : ranges) {
            if (event < range.size()) return range.batch->headers(range.first + event);
            event -= range.size();
        }
    MILLRACE_ASSERT(false, "only {} events were recorded", eventCount());
    return batches_.front().front().batch->headers(0);
}

std::size_t RecordingProcessor::eventCount() const {
    std::size_t count = 0;
    for (const EventRanges& ranges : batches_)
        count += flume::eventCount(ranges);
    return count;
}

} // namespace millrace::flume::test
