#pragma once

#include "counters/counter.h"

namespace millrace::broker {

/// What Kafka's MessagesInPerSec, BytesInPerSec and BytesOutPerSec count; written by the broker's loop alone, read by
/// samplers on other threads. Records out are counted by whole batches, as they are sent: a client that starts in the
/// middle of a batch drops the records before.
struct TrafficCounters {
    Counter recordsIn, bytesIn, recordsOut, bytesOut;
    Counter produceRequests, fetchRequests, failedRequests;
};

} // namespace millrace::broker
