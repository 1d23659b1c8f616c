#include "counters/flume_counter.h"

#include <algorithm>
#include <array>

namespace millrace {

namespace {

constexpr auto kNames = std::to_array<std::string_view>({
    "EventReceivedCount",
    "EventAcceptedCount",
    "AppendReceivedCount",
    "AppendAcceptedCount",
    "AppendBatchReceivedCount",
    "AppendBatchAcceptedCount",
    "OpenConnectionCount",
    "EventReadFail",
    "ChannelWriteFail",
    "GenericProcessingFail",
    "ConnectionCreatedCount",
    "ConnectionClosedCount",
    "ConnectionFailedCount",
    "BatchEmptyCount",
    "BatchUnderflowCount",
    "BatchCompleteCount",
    "EventDrainAttemptCount",
    "EventDrainSuccessCount",
    "EventWriteFail",
    "ChannelReadFail",
    "ChannelSize",
    "ChannelCapacity",
    "ChannelFillPercentage",
    "EventPutAttemptCount",
    "EventPutSuccessCount",
    "EventTakeAttemptCount",
    "EventTakeSuccessCount",
    "KafkaEventGetTimer",
    "KafkaEventSendTimer",
    "KafkaCommitTimer",
    "KafkaEmptyCount",
    "RollbackCount",
    "Open",
    "Closed",
    "Unhealthy",
    "EventPutErrorCount",
    "EventTakeErrorCount",
    "CheckpointWriteErrorCount",
    "CheckpointBackupWriteErrorCount",
    "StartTime",
    "StopTime",
    "Type",
});
static_assert(kNames.size() == kFlumeCounters);

} // namespace

std::string_view nameOf(FlumeCounter counter) {
    return kNames[static_cast<std::size_t>(counter)];
}

std::optional<FlumeCounter> flumeCounterNamed(std::string_view name) {
    const auto found = std::find(kNames.begin(), kNames.end(), name);
    if (found == kNames.end()) return std::nullopt;
    return static_cast<FlumeCounter>(found - kNames.begin());
}

} // namespace millrace
