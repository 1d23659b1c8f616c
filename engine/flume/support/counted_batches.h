#pragma once

#include "counters/counter_set.h"
#include "flume/channel.h"
#include "flume/component.h"

#include <functional>
#include <span>

namespace millrace::flume {

/// Hands a batch to the channels and counts it as Flume's SourceCounter does: received, then accepted or
/// ChannelWriteFail. The error is the channel's; the caller keeps the batch to send it again, after a back-off
/// (Cycle::backoff). Runner thread.
Status processCounted(ChannelProcessor& output, EventBatchPtr batch, CounterSet& counters);

/// Sends the events, which are as many as the number says; an error keeps them in the channel.
using SendBatch = std::function<Status(std::span<const EventRange>, std::size_t)>;

/// One cycle of a sink that sends batches, counted as Flume's SinkCounter does. At most `batchSize` events are taken;
/// an empty take is committed and makes an idle cycle; what `send` refuses is rolled back whole, so that it comes
/// again, and is counted under `failureCounter`. Runner thread.
Result<Cycle> sendCounted(Transaction& transaction, std::size_t batchSize, CounterSet& counters,
                          const char* failureCounter, const SendBatch& send);

} // namespace millrace::flume
