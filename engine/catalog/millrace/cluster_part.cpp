#include "catalog/millrace/document_parts.h"

namespace millrace::catalog {
namespace {

constexpr std::string_view kKinds[] = {"embedded", "external"};
constexpr PropertySpec kProperties[] = {
    {.name = "kind",
     .type = PropertyType::choice,
     .required = true,
     .choices = kKinds,
     .help = "An embedded cluster is a broker that this program runs, an external one is only connected to."},
    {.name = "listen",
     .defaultValue = "127.0.0.1:9092",
     .help = "Address on which an embedded cluster accepts clients, as host:port."},
    {.name = "servers",
     .type = PropertyType::list,
     .help = "Brokers of an external cluster to ask first, as host:port, separated by commas.",
     .separator = ','},
    {.name = "profile",
     .level = PropertyLevel::advanced,
     .help = "Connection profile that holds user, password and certificates for an external cluster."},
    {.name = "config.*",
     .level = PropertyLevel::expert,
     .help = "Any setting of the broker of an embedded cluster, under the name that Kafka gives it."},
};

} // namespace

constinit const ComponentSpec kClusterPart{
    .kind = ComponentKind::cluster,
    .title = "cluster",
    .summary = "A Kafka cluster, run by this program or elsewhere.",
    .properties = kProperties,
};

} // namespace millrace::catalog
