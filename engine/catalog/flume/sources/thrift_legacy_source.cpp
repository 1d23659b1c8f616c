#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "host", .type = PropertyType::host, .required = true, .help = "Address to listen on.", .lenient = true},
    {.name = "port", .type = PropertyType::port, .required = true, .help = "TCP port to listen on."},
});
constexpr auto kProperties = join(kSourceCommon, kOwn);
constexpr std::string_view kHeadersOut[] = {"host", "timestamp", "pri", "nanos", "FlumeOG"};

} // namespace

constinit const ComponentSpec kThriftLegacySource{
    .kind = ComponentKind::source,
    .className = "org.apache.flume.source.thriftLegacy.ThriftLegacySource",
    .title = "thriftLegacy",
    .summary = "Receives events from agents of Flume 0.9 over their Thrift protocol.",
    .artifact = "org.apache.flume.flume-ng-legacy-sources:flume-thrift-source",
    .status = "for agents of Flume 0.9",
    .properties = kProperties,
    .listens = {.hostKey = "host", .portKey = "port", .protocol = "legacy-thrift"},
    .headersOut = kHeadersOut,
};

} // namespace millrace::catalog
