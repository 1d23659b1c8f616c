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
     .defaultValue = "org.apache.flume.sink.hbase.SimpleHbaseEventSerializer",
     .level = PropertyLevel::advanced,
     .help = "Class that turns an event into rows and increments.",
     .strict = true},
});
constexpr auto kProperties = join(kSinkCommon, kHbaseTable, kOwn, kHbaseSerializerRest, kHbaseKerberos);
constexpr ComponentPart kParts[] = {
    {.kind = ComponentKind::eventSerializer, .key = "serializer", .prefix = "serializer.", .madeByConfigure = true},
};

void check(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    checkZookeeperQuorum(reader, findings);
    checkHbaseHere(reader, findings);
}

} // namespace

constinit const ComponentSpec kHbaseSink{
    .kind = ComponentKind::sink,
    .alias = "hbase",
    .className = "org.apache.flume.sink.hbase.HBaseSink",
    .title = "hbase",
    .summary = "Writes events to a table of HBase 1.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-hbase-sink",
    .properties = kProperties,
    .parts = kParts,
    .batchProperty = "batchSize",
    .batchDefault = "100",
    .counters = kSinkCounters,
    .check = check,
};

} // namespace millrace::catalog
