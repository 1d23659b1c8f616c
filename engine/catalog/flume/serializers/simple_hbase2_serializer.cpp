#include "catalog/flume/components.h"
#include "catalog/flume/hbase_properties.h"

namespace millrace::catalog {
constinit const ComponentSpec kSimpleHbase2Serializer{
    .kind = ComponentKind::eventSerializer,
    .className = "org.apache.flume.sink.hbase2.SimpleHBase2EventSerializer",
    .title = "SimpleHBase2",
    .summary = "Stores each body in a row of its own and counts the events.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-hbase2-sink",
    .properties = kHbaseSimple,
};

} // namespace millrace::catalog
