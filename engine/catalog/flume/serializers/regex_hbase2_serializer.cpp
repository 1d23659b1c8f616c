#include "catalog/flume/components.h"
#include "catalog/flume/hbase_properties.h"

namespace millrace::catalog {
constinit const ComponentSpec kRegexHbase2Serializer{
    .kind = ComponentKind::eventSerializer,
    .className = "org.apache.flume.sink.hbase2.RegexHBase2EventSerializer",
    .title = "RegexHBase2",
    .summary = "Stores the groups of a pattern in columns of a row.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-hbase2-sink",
    .properties = kHbaseRegex,
};

} // namespace millrace::catalog
