#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "batchSize",
     .type = PropertyType::integer,
     .defaultValue = "1",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Events that are put into the channels in one transaction.",
     .strict = true},
    {.name = "totalEvents",
     .type = PropertyType::longInteger,
     .defaultValue = "9223372036854775807",
     .range = {.minimum = 0},
     .apply = ApplyClass::live,
     .help = "Stops after this many events."},
});
constexpr auto kProperties = join(kSourceCommon, kOwn, kPolling);

} // namespace

constinit const ComponentSpec kSequenceGeneratorSource{
    .kind = ComponentKind::source,
    .alias = "seq",
    .className = "org.apache.flume.source.SequenceGeneratorSource",
    .title = "seq",
    .summary = "Counts upwards from 0 and makes an event of each number, for tests.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .batchProperty = "batchSize",
    .batchDefault = "1",
    .pollable = true,
    .counters = kSourceCounters,
};

} // namespace millrace::catalog
