#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "headerName",
     .defaultValue = "timestamp",
     .apply = ApplyClass::live,
     .help = "Name of the header for the time."},
    {.name = "preserveExisting",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .apply = ApplyClass::live,
     .help = "Keeps a header of this name that the event has already."},
});
constexpr auto kProperties = join(kInterceptorCommon, kOwn);
constexpr std::string_view kHeadersOut[] = {"timestamp"};

} // namespace

constinit const ComponentSpec kTimestampInterceptor{
    .kind = ComponentKind::interceptor,
    .alias = "timestamp",
    .className = "org.apache.flume.interceptor.TimestampInterceptor$Builder",
    .title = "timestamp",
    .summary = "Puts the current time in milliseconds into a header.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .headersOut = kHeadersOut,
};

} // namespace millrace::catalog
