#include "catalog/flume/components.h"

namespace millrace::catalog {
constinit const ComponentSpec kHiveJsonSerializer{
    .kind = ComponentKind::eventSerializer,
    .alias = "JSON",
    .className = "org.apache.flume.sink.hive.HiveJsonSerializer",
    .title = "JSON",
    .summary = "Reads the body as a JSON object and stores its members in columns.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-hive-sink",
};

} // namespace millrace::catalog
