#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr PropertySpec kProperties[] = {
    {.name = "payloadColumn", .defaultValue = "payload", .help = "Column that takes the body."},
};

} // namespace

constinit const ComponentSpec kSimpleKuduSerializer{
    .kind = ComponentKind::eventSerializer,
    .className = "org.apache.flume.sink.kudu.SimpleKuduOperationsProducer",
    .title = "SimpleKudu",
    .summary = "Inserts a row with the body in one column.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-kudu-sink",
    .properties = kProperties,
};

} // namespace millrace::catalog
