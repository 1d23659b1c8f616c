#include "catalog/millrace/document_parts.h"

namespace millrace::catalog {
namespace {

constexpr PropertySpec kProperties[] = {
    {.name = "host", .help = "Host on which the agent runs, by default this computer."},
};

} // namespace

constinit const ComponentSpec kAgentPart{
    .kind = ComponentKind::agent,
    .title = "agent",
    .summary = "A Flume agent, which holds sources, channels and sinks.",
    .properties = kProperties,
};

} // namespace millrace::catalog
