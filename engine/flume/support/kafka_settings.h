#pragma once

#include "flume/component_services.h"
#include "flume/settings.h"
#include "kafka/connection_config.h"

#include <string>
#include <vector>

namespace millrace::flume {

/// The connection of a Kafka source, sink or channel: `prefix` is "kafka.producer" or "kafka.consumer", whose
/// properties go to the client. Properties that have a declaration of their own (security.protocol …) are read too.
Result<kafka::ConnectionConfig> readKafkaConnection(Settings& settings, kafka::ClientRole role,
                                                    const std::string& servers, const std::string& prefix,
                                                    kafka::JavaProperties fixed);

/// Gives a connection its component's clock, and the files of its certificates their place: as all relative paths of a
/// configuration they lie under the run directory.
void takeServices(kafka::ConnectionConfig& connection, const ComponentServices& services);

/// Servers by the present name of the property, else by its old one.
std::string readKafkaServers(Settings& settings, std::string_view oldName);

} // namespace millrace::flume
