#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr PropertySpec kProperties[] = {
    {.name = "maxBlobLength",
     .type = PropertyType::integer,
     .defaultValue = "100000000",
     .unit = "bytes",
     .range = {.minimum = 1},
     .help = "Longest body that is kept."},
};
constexpr std::string_view kHeadersOut[] = {"Content-Type"};

} // namespace

constinit const ComponentSpec kMorphlineBlobHandler{
    .kind = ComponentKind::httpHandler,
    .className = "org.apache.flume.sink.solr.morphline.BlobHandler",
    .title = "Blob",
    .summary = "Makes one event of a whole request, with its parameters as headers.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-morphline-solr-sink",
    .properties = kProperties,
    .headersOut = kHeadersOut,
};

} // namespace millrace::catalog
