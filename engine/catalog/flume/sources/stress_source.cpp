#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "size",
     .type = PropertyType::integer,
     .defaultValue = "500",
     .unit = "bytes",
     .range = {.minimum = 0},
     .apply = ApplyClass::live,
     .help = "Length of the body of each event.",
     .strict = true},
    {.name = "maxTotalEvents",
     .type = PropertyType::longInteger,
     .defaultValue = "-1",
     .apply = ApplyClass::live,
     .help = "Stops after this many attempts, where -1 never stops."},
    {.name = "maxSuccessfulEvents",
     .type = PropertyType::longInteger,
     .defaultValue = "-1",
     .apply = ApplyClass::live,
     .help = "Stops after this many accepted events, where -1 never stops."},
    {.name = "batchSize",
     .type = PropertyType::integer,
     .defaultValue = "1",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Events that are put into the channels in one transaction."},
    {.name = "maxEventsPerSecond",
     .type = PropertyType::integer,
     .defaultValue = "0",
     .range = {.minimum = 0},
     .apply = ApplyClass::live,
     .help = "Upper limit of events per second, where 0 sets none."},
});
constexpr auto kProperties = join(kSourceCommon, kOwn, kPolling);

} // namespace

constinit const ComponentSpec kStressSource{
    .kind = ComponentKind::source,
    .className = "org.apache.flume.source.StressSource",
    .title = "stress",
    .summary = "Makes events of one size as fast as the channels accept them, for load tests.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .batchProperty = "batchSize",
    .batchDefault = "1",
    .pollable = true,
};

} // namespace millrace::catalog
