#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
constinit const ComponentSpec kDefaultPathManager{
    .kind = ComponentKind::pathManager,
    .alias = "DEFAULT",
    .className = "org.apache.flume.formatter.output.DefaultPathManager$Builder",
    .title = "DEFAULT",
    .summary = "Names files by the start of the sink and a number.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kPathNames,
};

} // namespace millrace::catalog
