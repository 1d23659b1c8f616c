#include "catalog/flume/components.h"

namespace millrace::catalog {
namespace {

constexpr PropertySpec kProperties[] = {
    {.name = "maxBlobLength",
     .type = PropertyType::integer,
     .defaultValue = "100000000",
     .unit = "bytes",
     .range = {.minimum = 1},
     .help = "Longest body, above which the rest becomes further events."},
};

} // namespace

constinit const ComponentSpec kBlobDeserializer{
    .kind = ComponentKind::deserializer,
    .className = "org.apache.flume.sink.solr.morphline.BlobDeserializer$Builder",
    .title = "Blob",
    .summary = "Makes one event of a whole file.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-morphline-solr-sink",
    .properties = kProperties,
};

} // namespace millrace::catalog
