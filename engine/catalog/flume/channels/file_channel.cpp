#include "catalog/check_support.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_properties.h"

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

void checkBackup(const PropertyReader& reader, std::vector<Finding>& findings) {
    constexpr std::string_view kKey = "backupCheckpointDir";
    if (!reader.isTrue("useDualCheckpoints")) return;
    if (!reader.has(kKey)) return refuse(findings, kKey, "checkpoint-backup-missing", {std::string(kKey)});
    if (reader.text(kKey) && reader.text(kKey) == reader.text("checkpointDir")) {
        refuse(findings, kKey, "checkpoint-backup-same", {std::string(kKey)});
    }
}

void checkEncryption(const PropertyReader& reader, std::vector<Finding>& findings) {
    constexpr std::string_view kKeys[] = {"encryption.keyProvider", "encryption.activeKey",
                                          "encryption.cipherProvider"};
    bool any = false;
    for (const std::string_view key : kKeys)
        any = any || reader.has(key);
    if (!any) return;
    for (const std::string_view key : kKeys) {
        if (!reader.has(key)) refuse(findings, key, "encryption-incomplete", {std::string(key)});
    }
}

void check(const Properties& properties, std::vector<Finding>& findings) {
    constexpr std::int32_t kCapacity = 1000000, kTransactionCapacity = 10000;
    const PropertyReader reader(properties);
    const auto capacity = reader.intOr("capacity", kCapacity);
    const auto transactionCapacity = reader.intOr("transactionCapacity", kTransactionCapacity);
    if (capacity && transactionCapacity) {
        checkTransactionCapacity(*transactionCapacity > 0 ? *transactionCapacity : kTransactionCapacity,
                                 *capacity > 0 ? *capacity : kCapacity, findings);
    }
    checkBackup(reader, findings);
    checkEncryption(reader, findings);
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
    .transactionCapacityProperty = "transactionCapacity",
    .counters = kCounters,
    .check = check,
};

} // namespace millrace::catalog
