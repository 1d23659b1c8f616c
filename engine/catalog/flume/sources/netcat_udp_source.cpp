#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "bind",
     .type = PropertyType::host,
     .help = "Address to listen on, by default all addresses of this computer."},
    {.name = "port", .type = PropertyType::port, .required = true, .help = "UDP port to listen on."},
    {.name = "remoteAddress", .help = "Name of the header for the address of the sender, which should always be set."},
});
constexpr auto kProperties = join(kSourceCommon, kOwn);

void check(const Properties& properties, std::vector<Finding>& findings) {
    if (PropertyReader(properties).has("remoteAddress")) return;
    warn(findings, "remoteAddress", "netcatudp-null-header", {"remoteAddress"}, "sender");
}

} // namespace

constinit const ComponentSpec kNetcatUdpSource{
    .kind = ComponentKind::source,
    .alias = "netcatudp",
    .className = "org.apache.flume.source.NetcatUdpSource",
    .title = "netcatudp",
    .summary = "Makes an event of each UDP datagram, up to its first line end.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .listens = {.hostKey = "bind", .portKey = "port", .protocol = "udp"},
    .check = check,
};

} // namespace millrace::catalog
