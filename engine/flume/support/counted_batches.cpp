#include "flume/support/counted_batches.h"

namespace millrace::flume {

Status processCounted(ChannelProcessor& output, EventBatchPtr batch, CounterSet& counters) {
    const auto count = static_cast<std::int64_t>(batch->size());
    counters[FlumeCounter::eventReceived].addFromOwner(count);
    counters[FlumeCounter::appendBatchReceived].addFromOwner(1);
    if (Status processed = output.process(std::move(batch)); !processed) {
        counters[FlumeCounter::channelWriteFail].addFromOwner(1);
        return processed;
    }
    counters[FlumeCounter::eventAccepted].addFromOwner(count);
    counters[FlumeCounter::appendBatchAccepted].addFromOwner(1);
    return ok();
}

} // namespace millrace::flume
