#include "flume/support/kafka_settings.h"

#include <fmt/core.h>

namespace millrace::flume {

Result<kafka::ConnectionConfig> readKafkaConnection(Settings& settings, kafka::ClientRole role,
                                                    const std::string& servers, const std::string& prefix,
                                                    kafka::JavaProperties fixed) {
    kafka::JavaProperties properties;
    for (auto& [name, value] : settings.group(prefix))
        properties.insert_or_assign(name, value);
    properties.insert_or_assign("security.protocol", settings.text(prefix + ".security.protocol"));
    if (settings.flag(prefix + ".ssl.disableTLSHostnameVerification"))
        properties.insert_or_assign("ssl.endpoint.identification.algorithm", "");
    for (auto& [name, value] : fixed)
        properties.insert_or_assign(name, value);
    MILLRACE_TRY(settings.status());
    auto config = kafka::connectionFromJava(role, servers, properties);
    if (!config) return config.error().in(fmt::format("{}: {}", settings.who(), prefix));
    return config;
}

void takeServices(kafka::ConnectionConfig& connection, const ComponentServices& services) {
    connection.clock = services.clock;
    for (const char* file :
         {"ssl.ca.location", "ssl.certificate.location", "ssl.key.location", "ssl.keystore.location"})
        if (const std::string* path = connection.find(file); path && !path->empty())
            connection.set(file, services.resolve(*path).string());
}

std::string readKafkaServers(Settings& settings, std::string_view oldName) {
    const auto old = settings.textIfSet(oldName);
    if (old) return *old;
    std::string servers;
    for (const auto& server : settings.list("kafka.bootstrap.servers")) {
        if (!servers.empty()) servers += ',';
        servers += server;
    }
    return servers;
}

} // namespace millrace::flume
