#pragma once

#include "catalog/join.h"

/// What both morphline sinks have in common.
namespace millrace::catalog {

/// Both morphline sinks.
inline constexpr auto kMorphline = std::to_array<PropertySpec>({
    {.name = "batchSize",
     .type = PropertyType::integer,
     .defaultValue = "1000",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Events that are taken from the channel in one transaction."},
    {.name = "batchDurationMillis",
     .type = PropertyType::duration,
     .defaultValue = "1000",
     .unit = "ms",
     .level = PropertyLevel::advanced,
     .help = "A batch that is not full is finished after this time."},
    {.name = "handlerClass",
     .type = PropertyType::className,
     .defaultValue = "org.apache.flume.sink.solr.morphline.MorphlineHandlerImpl",
     .level = PropertyLevel::expert,
     .help = "Java class that hands events to the morphline."},
    {.name = "morphlineFile",
     .type = PropertyType::path,
     .required = true,
     .help = "File with the morphline configuration.",
     .lenient = true},
    {.name = "morphlineId", .level = PropertyLevel::advanced, .help = "Name of the morphline within the file."},
    {.name = "isProductionMode",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Logs and skips records that fail for good, instead of trying again."},
    {.name = "isIgnoringRecoverableExceptions",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Also skips records that might succeed later."},
    {.name = "morphlineVariable.*",
     .level = PropertyLevel::expert,
     .help = "Variables that are handed to the morphline."},
});

} // namespace millrace::catalog
