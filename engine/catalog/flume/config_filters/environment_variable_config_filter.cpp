#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
constinit const ComponentSpec kEnvironmentVariableConfigFilter{
    .kind = ComponentKind::configFilter,
    .alias = "env",
    .className = "org.apache.flume.configfilter.EnvironmentVariableConfigFilter",
    .title = "env",
    .summary = "Fills in values from environment variables.",
    .artifact = "org.apache.flume:flume-ng-environment-variable-config-filter",
    .properties = kFilterCommon,
};

} // namespace millrace::catalog
