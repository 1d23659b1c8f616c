#include "catalog/flume/components.h"
#include "catalog/flume/hbase_properties.h"

namespace millrace::catalog {
constinit const ComponentSpec kSimpleHbaseSerializer{
    .kind = ComponentKind::eventSerializer,
    .className = "org.apache.flume.sink.hbase.SimpleHbaseEventSerializer",
    .title = "SimpleHbase",
    .summary = "Stores each body in a row of its own and counts the events.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-hbase-sink",
    .properties = kHbaseSimple,
};

} // namespace millrace::catalog
