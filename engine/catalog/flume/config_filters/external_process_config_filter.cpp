#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "command", .required = true, .help = "Command to run with the key as its last argument, split at blanks."},
    {.name = "charset",
     .type = PropertyType::charset,
     .defaultValue = "UTF-8",
     .level = PropertyLevel::advanced,
     .help = "Character set of its output."},
});
constexpr auto kProperties = join(kFilterCommon, kOwn);

} // namespace

constinit const ComponentSpec kExternalProcessConfigFilter{
    .kind = ComponentKind::configFilter,
    .alias = "external",
    .className = "org.apache.flume.configfilter.ExternalProcessConfigFilter",
    .title = "external",
    .summary = "Fills in values from the output of a command.",
    .artifact = "org.apache.flume:flume-ng-external-process-config-filter",
    .properties = kProperties,
};

} // namespace millrace::catalog
