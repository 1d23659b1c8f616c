#include "catalog/millrace/document_parts.h"

namespace millrace::catalog {
namespace {

constexpr std::string_view kKinds[] = {"weblog", "orders"};
constexpr PropertySpec kProperties[] = {
    {.name = "kind",
     .type = PropertyType::choice,
     .defaultValue = "weblog",
     .choices = kKinds,
     .help = "Makes lines of a web access log, or orders as JSON."},
    {.name = "rate",
     .type = PropertyType::integer,
     .defaultValue = "200",
     .unit = "events/s",
     .range = {.minimum = 0, .maximum = 1000000},
     .apply = ApplyClass::live,
     .help = "Events that are made each second."},
    {.name = "burst",
     .type = PropertyType::integer,
     .unit = "events/s",
     .range = {.minimum = 0, .maximum = 1000000},
     .apply = ApplyClass::live,
     .help = "Events that are made each second while a burst lasts, by default ten times the rate."},
    {.name = "file", .type = PropertyType::path, .help = "File to which the events are appended, one per line."},
    {.name = "tcp", .help = "TCP port to which the events are sent, one per line, as host:port."},
    {.name = "topic", .help = "Topic of this document to which the events are sent."},
};

} // namespace

constinit const ComponentSpec kTrafficPart{
    .kind = ComponentKind::traffic,
    .title = "traffic",
    .summary = "Makes realistic input at a steady rate where there is none yet.",
    .properties = kProperties,
};

} // namespace millrace::catalog
