#include "catalog/check_support.h"
#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr PropertySpec kProperties[] = {
    {.name = "mandatoryParameters",
     .type = PropertyType::list,
     .help = "Parameters each request must have, separated by commas, which has to be set for the handler to work.",
     .separator = ','},
};

void check(const Properties& properties, std::vector<Finding>& findings) {
    if (PropertyReader(properties).has("mandatoryParameters")) return;
    warn(findings, "mandatoryParameters", "blob-handler-without-parameters", {"mandatoryParameters"});
}

} // namespace

constinit const ComponentSpec kCoreBlobHandler{
    .kind = ComponentKind::httpHandler,
    .className = "org.apache.flume.source.http.BLOBHandler",
    .title = "BLOB",
    .summary = "Makes one event of a whole request, with its parameters as headers.",
    .artifact = "org.apache.flume:flume-ng-core",
    .properties = kProperties,
    .check = check,
};

} // namespace millrace::catalog
