#include "flume/support/counted_batches.h"

namespace millrace::flume {
namespace {

void count(CounterSet& counters, Appends appends, FlumeCounter single, FlumeCounter batch) {
    if (appends != Appends::uncounted) counters[appends == Appends::single ? single : batch].addFromOwner(1);
}

} // namespace

Status processCounted(ChannelProcessor& output, EventBatchPtr batch, CounterSet& counters, Appends appends) {
    const auto events = static_cast<std::int64_t>(batch->size());
    counters[FlumeCounter::eventReceived].addFromOwner(events);
    count(counters, appends, FlumeCounter::appendReceived, FlumeCounter::appendBatchReceived);
    if (Status processed = output.process(std::move(batch)); !processed) {
        counters[FlumeCounter::channelWriteFail].addFromOwner(1);
        return processed;
    }
    counters[FlumeCounter::eventAccepted].addFromOwner(events);
    count(counters, appends, FlumeCounter::appendAccepted, FlumeCounter::appendBatchAccepted);
    return ok();
}

} // namespace millrace::flume
