#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/hbase_properties.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "serializer",
     .type = PropertyType::className,
     .defaultValue = "org.apache.flume.sink.hbase.SimpleAsyncHbaseEventSerializer",
     .level = PropertyLevel::advanced,
     .help = "Class that turns an event into rows and increments.",
     .strict = true},
    {.name = "timeout",
     .type = PropertyType::duration,
     .defaultValue = "60000",
     .unit = "ms",
     .level = PropertyLevel::advanced,
     .help = "Longest time to wait until a batch has been stored."},
    {.name = "maxConsecutiveFails",
     .type = PropertyType::integer,
     .defaultValue = "10",
     .level = PropertyLevel::expert,
     .help = "Failures in a row after which the client is built anew."},
    {.name = "async.*", .level = PropertyLevel::expert, .help = "Settings of the asynchronous client."},
});
constexpr auto kProperties = join(kSinkCommon, kHbaseTable, kOwn, kHbaseSerializerRest);
constexpr ComponentPart kParts[] = {
    {.kind = ComponentKind::eventSerializer, .key = "serializer", .prefix = "serializer.", .madeByConfigure = true},
};

void check(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    checkZookeeperQuorum(reader, findings);
    checkHbaseHere(reader, findings);
}

} // namespace

constinit const ComponentSpec kAsyncHbaseSink{
    .kind = ComponentKind::sink,
    .alias = "asynchbase",
    .className = "org.apache.flume.sink.hbase.AsyncHBaseSink",
    .title = "asynchbase",
    .summary = "Writes events to a table of HBase 1 without waiting for each row.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-hbase-sink",
    .properties = kProperties,
    .parts = kParts,
    .batchProperty = "batchSize",
    .batchDefault = "100",
    .counters = kSinkCounters,
    .check = check,
};

} // namespace millrace::catalog
