#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "preserveExisting",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .apply = ApplyClass::live,
     .help = "Keeps a header of this name that the event has already."},
    {.name = "useIP",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .apply = ApplyClass::live,
     .help = "Uses the IP address instead of the host name."},
    {.name = "hostHeader",
     .defaultValue = "host",
     .apply = ApplyClass::live,
     .help = "Name of the header for the host."},
});
constexpr auto kProperties = join(kInterceptorCommon, kOwn);
constexpr std::string_view kHeadersOut[] = {"host"};

} // namespace

constinit const ComponentSpec kHostInterceptor{
    .kind = ComponentKind::interceptor,
    .alias = "host",
    .className = "org.apache.flume.interceptor.HostInterceptor$Builder",
    .title = "host",
    .summary = "Puts the IP address or name of the agent's computer into a header.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .headersOut = kHeadersOut,
};

} // namespace millrace::catalog
