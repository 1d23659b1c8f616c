#include "catalog/flume/components.h"

namespace millrace::catalog {
constinit const ComponentSpec kHdfsTextSerializer{
    .kind = ComponentKind::eventSerializer,
    .className = "org.apache.flume.sink.hdfs.HDFSTextSerializer$Builder",
    .title = "Text",
    .summary = "Stores the body as text in a sequence file, with the time as key.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-hdfs-sink",
};

} // namespace millrace::catalog
