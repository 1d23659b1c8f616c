#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr std::string_view kClients[] = {"transport", "rest"};
constexpr std::string_view kLifeTimes[] = {"5d", "12h", "30m"};
constexpr ComponentPart kParts[] = {
    {.kind = ComponentKind::eventSerializer, .key = "serializer", .prefix = "serializer.", .madeByConfigure = true}};
constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "hostNames",
     .type = PropertyType::list,
     .required = true,
     .help = "Elasticsearch nodes as host:port, separated by commas.",
     .separator = ','},
    {.name = "indexName", .defaultValue = "flume", .help = "Beginning of the index name, to which the date is added."},
    {.name = "indexType", .defaultValue = "log", .help = "Document type of the entries."},
    {.name = "clusterName",
     .defaultValue = "elasticsearch",
     .level = PropertyLevel::advanced,
     .help = "Name of the Elasticsearch cluster."},
    {.name = "batchSize",
     .type = PropertyType::integer,
     .defaultValue = "100",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Events that are taken from the channel in one transaction."},
    {.name = "ttl",
     .choices = kLifeTimes,
     .level = PropertyLevel::advanced,
     .help = "Life time of an entry, such as 5d or 2h."},
    {.name = "client",
     .type = PropertyType::choice,
     .defaultValue = "transport",
     .choices = kClients,
     .level = PropertyLevel::advanced,
     .help = "Protocol by which the cluster is reached."},
    {.name = "client.*", .level = PropertyLevel::expert, .help = "Settings of the client."},
    {.name = "serializer",
     .type = PropertyType::className,
     .defaultValue = "org.apache.flume.sink.elasticsearch.ElasticSearchLogStashEventSerializer",
     .level = PropertyLevel::advanced,
     .help = "Class that turns an event into a document."},
    {.name = "serializer.*", .level = PropertyLevel::advanced, .help = "Settings of the chosen serializer."},
    {.name = "indexNameBuilder",
     .type = PropertyType::className,
     .defaultValue = "org.apache.flume.sink.elasticsearch.TimeBasedIndexNameBuilder",
     .level = PropertyLevel::expert,
     .help = "Class that makes the name of the index."},
    {.name = "indexNameBuilder.dateFormat",
     .defaultValue = "yyyy-MM-dd",
     .level = PropertyLevel::expert,
     .help = "Date pattern of the index name, which the code never reads."},
    {.name = "indexNameBuilder.timeZone",
     .defaultValue = "Etc/UTC",
     .level = PropertyLevel::expert,
     .help = "Time zone of the index name, which the code never reads."},
    {.name = "indexNameBuilder.*",
     .level = PropertyLevel::expert,
     .help = "Settings of the class that makes the name of the index."},
});
constexpr auto kProperties = join(kSinkCommon, kOwn);

/// The transport protocol is Java's own; the same servers answer HTTP at another port.
void check(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    if (equalsIgnoringCase(reader.textOr("client", "transport"), "rest")) return;
    for (const std::string& host : splitList(reader.textOr("hostNames", ""), ',')) {
        if (!host.ends_with(":9300")) continue;
        findings.push_back(
            makeFinding(Finding::Effect::information, "hostNames", "elasticsearch-over-http", {"hostNames", host}));
        return;
    }
}

} // namespace

constinit const ComponentSpec kElasticsearchSink{
    .kind = ComponentKind::sink,
    .alias = "elasticsearch",
    .className = "org.apache.flume.sink.elasticsearch.ElasticSearchSink",
    .title = "elasticsearch",
    .summary = "Indexes events in Elasticsearch or OpenSearch over HTTP, as Flume did until version 1.9.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-elasticsearch-sink",
    .loadable = false,
    .status = "removed in Flume 1.10",
    .properties = kProperties,
    .parts = kParts,
    .batchProperty = "batchSize",
    .batchDefault = "100",
    .counters = kSinkCounters,
    .check = check,
};

} // namespace millrace::catalog
