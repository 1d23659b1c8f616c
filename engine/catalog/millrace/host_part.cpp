#include "catalog/millrace/document_parts.h"

namespace millrace::catalog {
namespace {

constexpr PropertySpec kProperties[] = {
    {.name = "address",
     .required = true,
     .help = "Name of the computer as the ssh command takes it, such as user@server."},
};

} // namespace

constinit const ComponentSpec kHostPart{
    .kind = ComponentKind::host,
    .title = "host",
    .summary = "Another computer on which agents can run.",
    .properties = kProperties,
};

} // namespace millrace::catalog
