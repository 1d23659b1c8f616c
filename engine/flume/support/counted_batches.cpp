#include "flume/support/counted_batches.h"

namespace millrace::flume {

Status processCounted(ChannelProcessor& output, EventBatchPtr batch, CounterSet& counters) {
    const auto count = static_cast<std::int64_t>(batch->size());
    counters["EventReceivedCount"].addFromOwner(count);
    counters["AppendBatchReceivedCount"].addFromOwner(1);
    if (Status processed = output.process(std::move(batch)); !processed) {
        counters["ChannelWriteFail"].addFromOwner(1);
        return processed;
    }
    counters["EventAcceptedCount"].addFromOwner(count);
    counters["AppendBatchAcceptedCount"].addFromOwner(1);
    return ok();
}

} // namespace millrace::flume
