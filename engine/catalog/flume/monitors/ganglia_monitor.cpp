#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr PropertySpec kProperties[] = {
    {.name = "hosts",
     .type = PropertyType::list,
     .required = true,
     .help = "Ganglia servers as host:port, separated by commas.",
     .separator = ','},
    {.name = "pollFrequency",
     .type = PropertyType::duration,
     .defaultValue = "60",
     .unit = "s",
     .range = {.minimum = 1},
     .help = "Time between two reports."},
    {.name = "isGanglia3",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .help = "Uses the message format of Ganglia 3.0."},
};

} // namespace

constinit const ComponentSpec kGangliaMonitor{
    .kind = ComponentKind::monitor,
    .alias = "ganglia",
    .className = "org.apache.flume.instrumentation.GangliaServer",
    .title = "ganglia",
    .summary = "Sends the counters of all components to Ganglia.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
};

} // namespace millrace::catalog
