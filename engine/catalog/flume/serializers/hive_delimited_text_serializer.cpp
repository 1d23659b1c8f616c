#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr PropertySpec kProperties[] = {
    {.name = "delimiter",
     .defaultValue = ",",
     .help = "Separator of the fields in the body, in double quotes when it is a special character."},
    {.name = "fieldnames",
     .type = PropertyType::list,
     .required = true,
     .help = "Columns of the fields in their order, separated by commas, where an empty name skips a field.",
     .separator = ','},
    {.name = "serdeSeparator",
     .level = PropertyLevel::expert,
     .help = "Single character that separates fields inside Hive."},
};

} // namespace

constinit const ComponentSpec kHiveDelimitedTextSerializer{
    .kind = ComponentKind::eventSerializer,
    .alias = "DELIMITED",
    .className = "org.apache.flume.sink.hive.HiveDelimitedTextSerializer",
    .title = "DELIMITED",
    .summary = "Reads the body as fields between separators and stores them in columns.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-hive-sink",
    .properties = kProperties,
};

} // namespace millrace::catalog
