#include "catalog/flume/components.h"

namespace millrace::catalog {
constinit const ComponentSpec kHdfsWritableSerializer{
    .kind = ComponentKind::eventSerializer,
    .className = "org.apache.flume.sink.hdfs.HDFSWritableSerializer$Builder",
    .title = "Writable",
    .summary = "Stores the body as bytes in a sequence file, with the time as key.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-hdfs-sink",
};

} // namespace millrace::catalog
