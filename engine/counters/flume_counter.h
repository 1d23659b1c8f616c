#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace millrace {

/// What components of Flume count, each once: a declaration names its counters as /metrics shows them, code counts by
/// these, so that a misspelt one does not compile. In the order of the names in flume_counter.cpp.
enum class FlumeCounter : std::uint8_t {
    // sources
    eventReceived,
    eventAccepted,
    appendReceived,
    appendAccepted,
    appendBatchReceived,
    appendBatchAccepted,
    openConnections,
    eventReadFail,
    channelWriteFail,
    genericProcessingFail,
    // sinks
    connectionCreated,
    connectionClosed,
    connectionFailed,
    batchEmpty,
    batchUnderflow,
    batchComplete,
    eventDrainAttempt,
    eventDrainSuccess,
    eventWriteFail,
    channelReadFail,
    // channels
    channelSize,
    channelCapacity,
    channelFillPercentage,
    eventPutAttempt,
    eventPutSuccess,
    eventTakeAttempt,
    eventTakeSuccess,
    // Kafka's
    kafkaEventGetTimer,
    kafkaEventSendTimer,
    kafkaCommitTimer,
    kafkaEmpty,
    rollback,
    // the file channel's
    open,
    closed,
    unhealthy,
    eventPutError,
    eventTakeError,
    checkpointWriteError,
    checkpointBackupWriteError,
    // of every component: what it is and since when, which is no count
    startTime,
    stopTime,
    type,
};
constexpr std::size_t kFlumeCounters = static_cast<std::size_t>(FlumeCounter::type) + 1;

/// As Flume shows it: "EventReceivedCount".
std::string_view nameOf(FlumeCounter counter);
/// Nothing for a name that Flume does not know.
std::optional<FlumeCounter> flumeCounterNamed(std::string_view name);

} // namespace millrace
