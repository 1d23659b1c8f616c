#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "headerName",
     .defaultValue = "id",
     .apply = ApplyClass::live,
     .help = "Name of the header for the identifier."},
    {.name = "preserveExisting",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .apply = ApplyClass::live,
     .help = "Keeps a header of this name that the event has already."},
    {.name = "prefix", .apply = ApplyClass::live, .help = "Text in front of the identifier."},
});
constexpr auto kProperties = join(kInterceptorCommon, kOwn);
constexpr std::string_view kHeadersOut[] = {"id"};

} // namespace

constinit const ComponentSpec kUuidInterceptor{
    .kind = ComponentKind::interceptor,
    .className = "org.apache.flume.sink.solr.morphline.UUIDInterceptor$Builder",
    .title = "uuid",
    .summary = "Puts a random unique identifier into a header.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-morphline-solr-sink",
    .properties = kProperties,
    .headersOut = kHeadersOut,
};

} // namespace millrace::catalog
