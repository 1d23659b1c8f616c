#include "catalog/flume/components.h"

namespace millrace::catalog {
constinit const ComponentSpec kElasticsearchLogstashSerializer{
    .kind = ComponentKind::eventSerializer,
    .className = "org.apache.flume.sink.elasticsearch.ElasticSearchLogStashEventSerializer",
    .title = "LogStash",
    .summary = "Made documents as Logstash makes them and is no longer part of Flume.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-elasticsearch-sink",
    .loadable = false,
    .status = "removed in Flume 1.10",
};

} // namespace millrace::catalog
