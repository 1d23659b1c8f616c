#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "hostname", .type = PropertyType::host, .required = true, .help = "IRC server to connect to."},
    {.name = "port", .type = PropertyType::port, .defaultValue = "6667", .help = "Port of the IRC server."},
    {.name = "nick", .required = true, .help = "Nickname to use."},
    {.name = "user", .level = PropertyLevel::advanced, .help = "User name to use."},
    {.name = "password",
     .type = PropertyType::password,
     .level = PropertyLevel::advanced,
     .help = "Password for the server."},
    {.name = "chan", .required = true, .help = "Channel to join, without the leading number sign."},
    {.name = "name", .level = PropertyLevel::advanced, .help = "Real name to show."},
    {.name = "splitlines",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::advanced,
     .help = "Sends each line of a body as a message of its own."},
    {.name = "splitchars",
     .type = PropertyType::regex,
     .defaultValue = "\\n",
     .level = PropertyLevel::advanced,
     .help = "Pattern at which a body is split into messages."},
});
constexpr auto kProperties = join(kSinkCommon, kOwn);

} // namespace

constinit const ComponentSpec kIrcSink{
    .kind = ComponentKind::sink,
    .alias = "irc",
    .className = "org.apache.flume.sink.irc.IRCSink",
    .title = "irc",
    .summary = "Sends the body of each event as a message to an IRC channel.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-irc-sink",
    .properties = kProperties,
    .connects = {.hostKey = "hostname", .portKey = "port", .protocol = "irc"},
};

} // namespace millrace::catalog
