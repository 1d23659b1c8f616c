#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "preserveExisting",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .apply = ApplyClass::live,
     .help = "Keeps a header of this name that the event has already."},
    {.name = "key", .defaultValue = "key", .apply = ApplyClass::live, .help = "Name of the header."},
    {.name = "value", .defaultValue = "value", .apply = ApplyClass::live, .help = "Value of the header."},
});
constexpr auto kProperties = join(kInterceptorCommon, kOwn);

} // namespace

constinit const ComponentSpec kStaticInterceptor{
    .kind = ComponentKind::interceptor,
    .alias = "static",
    .className = "org.apache.flume.interceptor.StaticInterceptor$Builder",
    .title = "static",
    .summary = "Puts one header with a fixed value into every event.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
};

} // namespace millrace::catalog
