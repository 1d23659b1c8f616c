#include "catalog/flume/components.h"

namespace millrace::catalog {
constinit const ComponentSpec kJsonHandler{
    .kind = ComponentKind::httpHandler,
    .className = "org.apache.flume.source.http.JSONHandler",
    .title = "JSON",
    .summary = "Reads a JSON array of events with headers and body.",
    .artifact = "org.apache.flume:flume-ng-core",
};

} // namespace millrace::catalog
