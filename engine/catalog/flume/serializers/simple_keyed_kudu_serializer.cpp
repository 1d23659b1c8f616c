#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr PropertySpec kProperties[] = {
    {.name = "payloadColumn", .defaultValue = "payload", .help = "Column that takes the body."},
    {.name = "keyColumn", .defaultValue = "key", .help = "Column of the key and name of the header that holds it."},
    {.name = "operation",
     .type = PropertyType::choice,
     .defaultValue = "upsert",
     .choices = kKuduOperations,
     .help = "Replaces rows whose key exists already, or refuses them.",
     .strict = true},
};

} // namespace

constinit const ComponentSpec kSimpleKeyedKuduSerializer{
    .kind = ComponentKind::eventSerializer,
    .className = "org.apache.flume.sink.kudu.SimpleKeyedKuduOperationsProducer",
    .title = "SimpleKeyedKudu",
    .summary = "Writes a row whose key comes from a header and whose value is the body.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-kudu-sink",
    .properties = kProperties,
};

} // namespace millrace::catalog
