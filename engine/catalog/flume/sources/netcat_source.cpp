#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "bind",
     .type = PropertyType::host,
     .required = true,
     .help = "Address to listen on, where 127.0.0.1 keeps the port closed to other machines."},
    {.name = "port", .type = PropertyType::port, .required = true, .help = "TCP port to listen on."},
    {.name = "max-line-length",
     .type = PropertyType::integer,
     .defaultValue = "512",
     .range = {.minimum = 1},
     .help = "Longest line including its end, above which the connection is closed."},
    {.name = "ack-every-event",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .help = "Answers OK for each line that the channels have accepted."},
    {.name = "encoding",
     .type = PropertyType::charset,
     .defaultValue = "utf-8",
     .level = PropertyLevel::advanced,
     .help = "Character set in which lines arrive."},
});
constexpr auto kProperties = join(kSourceCommon, kOwn);

} // namespace

constinit const ComponentSpec kNetcatSource{
    .kind = ComponentKind::source,
    .alias = "netcat",
    .className = "org.apache.flume.source.NetcatSource",
    .title = "netcat",
    .summary = "Accepts TCP connections and makes an event of each line that arrives.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .listens = {.hostKey = "bind", .portKey = "port", .protocol = "tcp-lines"},
};

} // namespace millrace::catalog
