#include "catalog/flume/components.h"
#include "catalog/flume/shared_properties.h"

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
