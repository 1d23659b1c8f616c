#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
constinit const ComponentSpec kDefaultProcessor{
    .kind = ComponentKind::sinkProcessor,
    .alias = "default",
    .className = "org.apache.flume.sink.DefaultSinkProcessor",
    .title = "default",
    .summary = "Drives the single sink of a group.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProcessorCommon,
};

} // namespace millrace::catalog
