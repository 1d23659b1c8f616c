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
     .help = "Events that are taken from the channel in one transaction and acknowledged together.",
     .strict = true},
});
constexpr auto kProperties = join(kSinkCommon, kCommandCommon, kCommandAnswers, kOwn);

} // namespace

constinit const ComponentSpec kCommandSink{
    .kind = ComponentKind::sink,
    .alias = "command",
    .className = "millrace.CommandSink",
    .title = "command",
    .summary = "Writes events to the standard input of a program of yours, which acknowledges each batch.",
    .artifact = "millrace",
    .loadable = false,
    .status = kMillracesOwn,
    .properties = kProperties,
    .batchProperty = "batchSize",
    .batchDefault = "100",
    .counters = kSinkCounters,
    .check = checkCommandLine,
};

} // namespace millrace::catalog
