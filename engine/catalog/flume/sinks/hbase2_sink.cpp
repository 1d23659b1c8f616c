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
     .defaultValue = "org.apache.flume.sink.hbase2.SimpleHBase2EventSerializer",
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

constinit const ComponentSpec kHbase2Sink{
    .kind = ComponentKind::sink,
    .alias = "hbase2",
    .className = "org.apache.flume.sink.hbase2.HBase2Sink",
    .title = "hbase2",
    .summary = "Writes events to a table of HBase 2.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-hbase2-sink",
    .properties = kProperties,
    .parts = kParts,
    .batchProperty = "batchSize",
    .batchDefault = "100",
    .counters = kSinkCounters,
    .check = check,
};

} // namespace millrace::catalog
