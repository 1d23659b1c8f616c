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

Result<Cycle> sendCounted(Transaction& transaction, std::size_t batchSize, CounterSet& counters,
                          const char* failureCounter, const SendBatch& send) {
    transaction.begin();
    auto taken = transaction.take(batchSize);
    if (!taken) {
        transaction.rollback();
        counters["ChannelReadFail"].addFromOwner(1);
        return std::move(taken).error();
    }
    const std::size_t count = eventCount(*taken);
    if (count == 0) {
        counters["BatchEmptyCount"].addFromOwner(1);
        MILLRACE_TRY(transaction.commit());
        return Cycle::idle();
    }
    counters[count < batchSize ? "BatchUnderflowCount" : "BatchCompleteCount"].addFromOwner(1);
    counters["EventDrainAttemptCount"].addFromOwner(static_cast<std::int64_t>(count));
    if (Status sent = send(*taken, count); !sent) {
        transaction.rollback();
        counters[failureCounter].addFromOwner(1);
        return std::move(sent).error();
    }
    MILLRACE_TRY(transaction.commit());
    counters["EventDrainSuccessCount"].addFromOwner(static_cast<std::int64_t>(count));
    return Cycle::ready();
}

} // namespace millrace::flume
