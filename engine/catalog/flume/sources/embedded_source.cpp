#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
constinit const ComponentSpec kEmbeddedSource{
    .kind = ComponentKind::source,
    .className = "org.apache.flume.agent.embedded.EmbeddedSource",
    .title = "embedded",
    .summary = "Takes events from the Java program that has a Flume agent built in.",
    .artifact = "org.apache.flume:flume-ng-embedded-agent",
    .status = "only inside the embedded agent",
    .properties = kSourceCommon,
};

} // namespace millrace::catalog
