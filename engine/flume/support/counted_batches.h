#pragma once

#include "counters/counter_set.h"
#include "flume/component.h"

namespace millrace::flume {

/// Which of Flume's Append counters a batch belongs to.
enum class Appends { single, batch, uncounted };

/// Hands a batch to the channels and counts it as Flume's SourceCounter does: received, then accepted or
/// ChannelWriteFail. The error is the channel's; the caller keeps the batch to send it again, after a back-off
/// (Cycle::backoff). Runner thread.
Status processCounted(ChannelProcessor& output, EventBatchPtr batch, CounterSet& counters,
                      Appends appends = Appends::batch);

} // namespace millrace::flume
