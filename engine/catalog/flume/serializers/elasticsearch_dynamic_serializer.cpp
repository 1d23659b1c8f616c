#include "catalog/flume/components.h"

namespace millrace::catalog {
constinit const ComponentSpec kElasticsearchDynamicSerializer{
    .kind = ComponentKind::eventSerializer,
    .className = "org.apache.flume.sink.elasticsearch.ElasticSearchDynamicSerializer",
    .title = "Dynamic",
    .summary = "Made documents with body and headers as fields and is no longer part of Flume.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-elasticsearch-sink",
    .loadable = false,
    .status = "removed in Flume 1.10",
};

} // namespace millrace::catalog
