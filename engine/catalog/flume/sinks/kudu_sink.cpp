#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "masterAddresses",
     .type = PropertyType::list,
     .required = true,
     .help = "Kudu masters as host:port, separated by commas.",
     .separator = ','},
    {.name = "tableName", .required = true, .help = "Table to write to."},
    {.name = "batchSize",
     .type = PropertyType::integer,
     .defaultValue = "1000",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Events that are taken from the channel in one transaction."},
    {.name = "timeoutMillis",
     .type = PropertyType::duration,
     .defaultValue = "30000",
     .unit = "ms",
     .level = PropertyLevel::advanced,
     .help = "Longest time for one operation of Kudu."},
    {.name = "ignoreDuplicateRows",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .level = PropertyLevel::advanced,
     .help = "Skips rows whose key exists already."},
    {.name = "kerberosPrincipal", .level = PropertyLevel::expert, .help = "Kerberos principal for Kudu."},
    {.name = "kerberosKeytab",
     .type = PropertyType::path,
     .level = PropertyLevel::expert,
     .help = "Keytab file of that principal."},
    {.name = "proxyUser", .level = PropertyLevel::expert, .help = "User in whose name rows are written."},
    {.name = "producer",
     .type = PropertyType::className,
     .defaultValue = "org.apache.flume.sink.kudu.SimpleKuduOperationsProducer",
     .level = PropertyLevel::advanced,
     .help = "Class that turns an event into operations on the table.",
     .strict = true},
    {.name = "producer.*", .level = PropertyLevel::advanced, .help = "Settings of the chosen operations class."},
});
constexpr auto kProperties = join(kSinkCommon, kOwn);
constexpr ComponentPart kParts[] = {
    {.kind = ComponentKind::eventSerializer, .key = "producer", .prefix = "producer.", .madeByConfigure = true},
};

} // namespace

constinit const ComponentSpec kKuduSink{
    .kind = ComponentKind::sink,
    .className = "org.apache.flume.sink.kudu.KuduSink",
    .title = "kudu",
    .summary = "Writes events as rows to a table of Kudu.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-kudu-sink",
    .status = "not part of the binary distribution",
    .properties = kProperties,
    .parts = kParts,
    .batchProperty = "batchSize",
    .batchDefault = "1000",
    .counters = kSinkCounters,
};

} // namespace millrace::catalog
