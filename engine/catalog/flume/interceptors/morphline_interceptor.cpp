#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "morphlineFile",
     .type = PropertyType::path,
     .required = true,
     .apply = ApplyClass::live,
     .help = "File with the morphline configuration."},
    {.name = "morphlineId", .apply = ApplyClass::live, .help = "Name of the morphline within the file."},
    {.name = "morphlineVariable.*",
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Variables that are handed to the morphline."},
});
constexpr auto kProperties = join(kInterceptorCommon, kOwn);

} // namespace

constinit const ComponentSpec kMorphlineInterceptor{
    .kind = ComponentKind::interceptor,
    .className = "org.apache.flume.sink.solr.morphline.MorphlineInterceptor$Builder",
    .title = "morphline",
    .summary = "Passes each event through a morphline, which may change or drop it.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-morphline-solr-sink",
    .properties = kProperties,
};

} // namespace millrace::catalog
