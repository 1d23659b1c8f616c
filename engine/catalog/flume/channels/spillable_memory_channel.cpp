#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/file_store_properties.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "memoryCapacity",
     .type = PropertyType::integer,
     .defaultValue = "10000",
     .unit = "events",
     .range = {.minimum = 0},
     .apply = ApplyClass::live,
     .help = "Most events that wait in memory, where 0 uses files only.",
     .lenient = true},
    {.name = "overflowCapacity",
     .type = PropertyType::integer,
     .defaultValue = "100000000",
     .unit = "events",
     .range = {.minimum = 0},
     .apply = ApplyClass::live,
     .help = "Most events that wait in files, where 0 uses memory only.",
     .lenient = true},
    {.name = "overflowTimeout",
     .type = PropertyType::duration,
     .defaultValue = "3",
     .unit = "s",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .help = "Time to wait for room in memory before files are used.",
     .lenient = true},
    {.name = "overflowDeactivationThreshold",
     .type = PropertyType::integer,
     .defaultValue = "5",
     .unit = "%",
     .range = {.minimum = 0, .maximum = 100},
     .level = PropertyLevel::advanced,
     .help = "Free part of the memory at which the use of files ends.",
     .lenient = true},
    {.name = "byteCapacity",
     .type = PropertyType::bytes,
     .unit = "bytes",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Most bytes of event bodies in memory, by default 80 percent of the memory Flume may use.",
     .lenient = true},
    {.name = "byteCapacityBufferPercentage",
     .type = PropertyType::integer,
     .defaultValue = "20",
     .unit = "%",
     .range = {.minimum = 0, .maximum = 100},
     .level = PropertyLevel::advanced,
     .help = "Part of the byte capacity that is set aside for headers.",
     .lenient = true},
    {.name = "avgEventSize",
     .type = PropertyType::integer,
     .defaultValue = "500",
     .unit = "bytes",
     .range = {.minimum = 1},
     .level = PropertyLevel::advanced,
     .help = "Expected size of an event, by which the byte capacity is counted.",
     .lenient = true},
});
constexpr auto kProperties = join(kChannelCommon, kOwn, kFileStore);

void check(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    const auto overflow = reader.intOr("overflowCapacity", declaredInt(kProperties, "overflowCapacity"));
    const auto transactionCapacity =
        reader.intOr("transactionCapacity", declaredInt(kProperties, "transactionCapacity"));
    // The overflow becomes the capacity of a file channel, which refuses larger transactions.
    if (overflow && *overflow > 0 && transactionCapacity)
        checkTransactionCapacity(*transactionCapacity, *overflow, findings);
    checkFileStore(reader, findings);
}

} // namespace

constinit const ComponentSpec kSpillableMemoryChannel{
    .kind = ComponentKind::channel,
    .alias = "SPILLABLEMEMORY",
    .className = "org.apache.flume.channel.SpillableMemoryChannel",
    .title = "SPILLABLEMEMORY",
    .summary = "Keeps events in memory and moves on to files when memory is full.",
    .artifact = "org.apache.flume.flume-ng-channels:flume-spillable-memory-channel",
    .status = "experimental",
    .properties = kProperties,
    .transactionCapacityProperty = "transactionCapacity",
    .counters = kChannelCounters,
    .check = check,
};

} // namespace millrace::catalog
