#include "catalog/flume/command_properties.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "batchSize",
     .type = PropertyType::integer,
     .defaultValue = "100",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Events that are put into the channels in one transaction at most.",
     .strict = true},
    {.name = "restart",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .help = "Runs the command again when it has ended."},
});
constexpr auto kProperties = join(kSourceCommon, kCommandCommon, kOwn);

} // namespace

constinit const ComponentSpec kCommandSource{
    .kind = ComponentKind::source,
    .alias = "command",
    .className = "millrace.CommandSource",
    .title = "command",
    .summary = "Takes the events that a program of yours writes to its standard output, and tells it which are safe.",
    .artifact = "millrace",
    .loadable = false,
    .status = kMillracesOwn,
    .properties = kProperties,
    .batchProperty = "batchSize",
    .batchDefault = "100",
    .counters = kSourceCounters,
    .check = checkCommandLine,
};

} // namespace millrace::catalog
