#include "catalog/flume/components.h"
#include "catalog/flume/hbase_properties.h"

namespace millrace::catalog {
constinit const ComponentSpec kRegexHbaseSerializer{
    .kind = ComponentKind::eventSerializer,
    .className = "org.apache.flume.sink.hbase.RegexHbaseEventSerializer",
    .title = "RegexHbase",
    .summary = "Stores the groups of a pattern in columns of a row.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-hbase-sink",
    .properties = kHbaseRegex,
};

} // namespace millrace::catalog
