#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr PropertySpec kProperties[] = {
    {.name = "port", .type = PropertyType::port, .defaultValue = "41414", .help = "TCP port to listen on."},
};

} // namespace

constinit const ComponentSpec kHttpMonitor{
    .kind = ComponentKind::monitor,
    .alias = "http",
    .className = "org.apache.flume.instrumentation.http.HTTPMetricsServer",
    .title = "http",
    .summary = "Serves the counters of all components as JSON.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
};

} // namespace millrace::catalog
