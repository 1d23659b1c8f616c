#include "catalog/flume/command_properties.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "command", .required = true, .help = "The command to run, split at blanks unless a shell is set."},
    {.name = "shell", .help = "Shell that interprets the command, needed for pipes, wildcards and quotes."},
    {.name = "restart",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .help = "Runs the command again when it has ended."},
    {.name = "restartThrottle",
     .type = PropertyType::duration,
     .defaultValue = "10000",
     .unit = "ms",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .help = "Pause before the command is run again."},
    {.name = "logStdErr",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::advanced,
     .help = "Writes what the command prints to its error stream into the log."},
    {.name = "batchSize",
     .type = PropertyType::integer,
     .defaultValue = "20",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Lines that are put into the channels in one transaction."},
    {.name = "batchTimeout",
     .type = PropertyType::duration,
     .defaultValue = "3000",
     .unit = "ms",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .help = "A batch that is not full is delivered after this time at the latest."},
    {.name = "charset",
     .type = PropertyType::charset,
     .defaultValue = "UTF-8",
     .level = PropertyLevel::advanced,
     .help = "Character set in which the command prints.",
     .strict = true},
});
constexpr auto kProperties = join(kSourceCommon, kOwn);

} // namespace

constinit const ComponentSpec kExecSource{
    .kind = ComponentKind::source,
    .alias = "exec",
    .className = "org.apache.flume.source.ExecSource",
    .title = "exec",
    .summary = "Runs a command and makes an event of each line that it prints.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .batchProperty = "batchSize",
    .batchDefault = "20",
    .counters = kSourceCounters,
    .check = checkCommandLine,
};

} // namespace millrace::catalog
