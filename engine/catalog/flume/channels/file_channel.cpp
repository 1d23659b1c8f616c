#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/file_store_properties.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "capacity",
     .type = PropertyType::integer,
     .defaultValue = "1000000",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Most events that can wait in the channel."},
    {.name = "keep-alive",
     .type = PropertyType::duration,
     .defaultValue = "3",
     .unit = "s",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Longest time that a full channel lets a source wait."},
});
constexpr auto kProperties = join(kChannelCommon, kOwn, kFileStore);
constexpr ComponentPart kParts[] = {{.kind = ComponentKind::keyProvider,
                                     .key = "encryption.keyProvider",
                                     .prefix = "encryption.keyProvider.",
                                     .checkedByOwner = true}};
constexpr std::string_view kCounters[] = {"ChannelSize",
                                          "ChannelCapacity",
                                          "ChannelFillPercentage",
                                          "EventPutAttemptCount",
                                          "EventPutSuccessCount",
                                          "EventTakeAttemptCount",
                                          "EventTakeSuccessCount",
                                          "StartTime",
                                          "StopTime",
                                          "Type",
                                          "Open",
                                          "Closed",
                                          "Unhealthy",
                                          "EventPutErrorCount",
                                          "EventTakeErrorCount",
                                          "CheckpointWriteErrorCount",
                                          "CheckpointBackupWriteErrorCount"};

/// What is not positive falls back to the default; what is no number is refused anyway.
std::optional<std::int32_t> capacityOf(const PropertyReader& reader, std::string_view key) {
    const std::int32_t fallback = declaredInt(kProperties, key);
    const auto value = reader.intOr(key, fallback);
    return value && *value <= 0 ? fallback : value;
}

void check(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    const auto capacity = capacityOf(reader, "capacity");
    const auto transactionCapacity = capacityOf(reader, "transactionCapacity");
    if (capacity && transactionCapacity) checkTransactionCapacity(*transactionCapacity, *capacity, findings);
    checkFileStore(reader, findings);
}

} // namespace

constinit const ComponentSpec kFileChannel{
    .kind = ComponentKind::channel,
    .alias = "file",
    .className = "org.apache.flume.channel.file.FileChannel",
    .title = "file",
    .summary = "Keeps events in files, so that nothing is lost when the agent stops or crashes.",
    .artifact = "org.apache.flume.flume-ng-channels:flume-file-channel",
    .properties = kProperties,
    .parts = kParts,
    .transactionCapacityProperty = "transactionCapacity",
    .counters = kCounters,
    .check = check,
};

} // namespace millrace::catalog
