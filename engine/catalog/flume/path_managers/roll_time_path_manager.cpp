#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
constinit const ComponentSpec kRollTimePathManager{
    .kind = ComponentKind::pathManager,
    .alias = "ROLLTIME",
    .className = "org.apache.flume.formatter.output.RollTimePathManager$Builder",
    .title = "ROLLTIME",
    .summary = "Names files by the time they were begun and a number.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kPathNames,
};

} // namespace millrace::catalog
