#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr PropertySpec kProperties[] = {
    {.name = "appendNewline",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .help = "Writes a line end after each event."},
};

} // namespace

constinit const ComponentSpec kHeaderAndBodyTextSerializer{
    .kind = ComponentKind::eventSerializer,
    .alias = "HEADER_AND_TEXT",
    .className = "org.apache.flume.serialization.HeaderAndBodyTextEventSerializer$Builder",
    .title = "HEADER_AND_TEXT",
    .summary = "Writes the headers of the event as text, then a blank, the body and a line end.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
};

} // namespace millrace::catalog
