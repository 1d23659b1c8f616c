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

constinit const ComponentSpec kBodyTextSerializer{
    .kind = ComponentKind::eventSerializer,
    .alias = "TEXT",
    .className = "org.apache.flume.serialization.BodyTextEventSerializer$Builder",
    .title = "TEXT",
    .summary = "Writes the body of the event, followed by a line end.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
};

} // namespace millrace::catalog
