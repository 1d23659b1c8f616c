#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"
#include "catalog/flume/tls_properties.h"

namespace millrace::catalog {
namespace {

constexpr std::string_view kHandlers[] = {"org.apache.flume.source.http.JSONHandler",
                                          "org.apache.flume.sink.solr.morphline.BlobHandler"};
constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "port", .type = PropertyType::port, .required = true, .help = "TCP port to listen on."},
    {.name = "bind",
     .type = PropertyType::host,
     .defaultValue = "0.0.0.0",
     .help = "Address to listen on, where 127.0.0.1 keeps the port closed to other machines."},
    {.name = "handler",
     .type = PropertyType::className,
     .defaultValue = "org.apache.flume.source.http.JSONHandler",
     .choices = kHandlers,
     .help = "Class that turns a request into events.",
     .strict = true},
    {.name = "handler.*", .level = PropertyLevel::advanced, .help = "Settings of the chosen handler."},
    {.name = "QueuedThreadPool.*",
     .level = PropertyLevel::expert,
     .help = "Settings of the thread pool of the web server."},
    {.name = "HttpConfiguration.*", .level = PropertyLevel::expert, .help = "HTTP settings of the web server."},
    {.name = "SslContextFactory.*", .level = PropertyLevel::expert, .help = "TLS settings of the web server."},
    {.name = "ServerConnector.*", .level = PropertyLevel::expert, .help = "Connector settings of the web server."},
    {.name = "enableSSL",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Old name of ssl.",
     .deprecated = true,
     .replacedBy = "ssl"},
    {.name = "keystorePassword",
     .type = PropertyType::password,
     .level = PropertyLevel::expert,
     .help = "Old name of keystore-password.",
     .deprecated = true,
     .replacedBy = "keystore-password"},
    {.name = "excludeProtocols",
     .type = PropertyType::list,
     .level = PropertyLevel::expert,
     .help = "Old name of exclude-protocols.",
     .deprecated = true,
     .replacedBy = "exclude-protocols"},
});
constexpr auto kProperties = join(kSourceCommon, kOwn, kTlsServer);
constexpr ComponentPart kParts[] = {
    {.kind = ComponentKind::httpHandler, .key = "handler", .prefix = "handler.", .madeByConfigure = true},
};

void check(const Properties& properties, std::vector<Finding>& findings) {
    // Old names count as the new ones when these are absent (HTTPSource.handleDeprecatedParameter).
    Properties current = properties;
    for (const auto& [old, name] : {std::pair{"enableSSL", "ssl"}, {"keystorePassword", "keystore-password"}}) {
        if (const auto given = properties.find(old); given != properties.end())
            current.try_emplace(name, given->second);
    }
    checkTlsServer(PropertyReader(current), findings);
}

} // namespace

constinit const ComponentSpec kHttpSource{
    .kind = ComponentKind::source,
    .alias = "http",
    .className = "org.apache.flume.source.http.HTTPSource",
    .title = "http",
    .summary = "Accepts events as HTTP requests and answers when the channels have accepted them.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .parts = kParts,
    .listens = {.hostKey = "bind", .portKey = "port", .protocol = "http"},
    .counters = kSourceCounters,
    .check = check,
};

} // namespace millrace::catalog
