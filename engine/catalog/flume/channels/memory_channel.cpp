#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "capacity",
     .type = PropertyType::integer,
     .defaultValue = "100",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Most events that can wait in the channel.",
     .lenient = true},
    {.name = "transactionCapacity",
     .type = PropertyType::integer,
     .defaultValue = "100",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Most events in one transaction, at least the batch size of every source and sink on this channel.",
     .lenient = true},
    {.name = "keep-alive",
     .type = PropertyType::duration,
     .defaultValue = "3",
     .unit = "s",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Longest time that a full channel lets a source wait, and an empty one a sink.",
     .lenient = true},
    {.name = "byteCapacity",
     .type = PropertyType::bytes,
     .unit = "bytes",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Most bytes of event bodies that can wait, by default 80 percent of the memory Flume may use.",
     .lenient = true},
    {.name = "byteCapacityBufferPercentage",
     .type = PropertyType::integer,
     .defaultValue = "20",
     .unit = "%",
     .range = {.minimum = 0, .maximum = 100},
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Part of the byte capacity that is set aside for headers.",
     .lenient = true},
});
constexpr auto kProperties = join(kChannelCommon, kOwn);

/// Bad and non-positive numbers fall back to the default (org.apache.flume.channel.MemoryChannel).
std::int32_t capacityOf(const PropertyReader& reader, std::string_view key) {
    const std::int32_t fallback = declaredInt(kProperties, key);
    const auto value = reader.intOr(key, fallback);
    return value && *value > 0 ? *value : fallback;
}

void check(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    for (const std::string_view key : {"capacity", "transactionCapacity"}) {
        const bool unresolved = reader.has(key) && !reader.text(key);
        if (unresolved) return;
    }
    checkTransactionCapacity(capacityOf(reader, "transactionCapacity"), capacityOf(reader, "capacity"), findings);
}

} // namespace

constinit const ComponentSpec kMemoryChannel{
    .kind = ComponentKind::channel,
    .alias = "memory",
    .className = "org.apache.flume.channel.MemoryChannel",
    .title = "memory",
    .summary = "Keeps events in memory, which is fast, but loses them when the agent stops.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .transactionCapacityProperty = "transactionCapacity",
    .counters = kChannelCounters,
    .check = check,
};

} // namespace millrace::catalog
