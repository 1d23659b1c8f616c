#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "kafka.bootstrap.servers",
     .type = PropertyType::list,
     .required = true,
     .help = "Brokers to ask first, as host:port, separated by commas.",
     .separator = ','},
    {.name = "kafka.topics",
     .type = PropertyType::list,
     .help = "Topics to read, separated by commas.",
     .separator = ','},
    {.name = "kafka.topics.regex",
     .type = PropertyType::regex,
     .help = "Reads all topics whose name matches this pattern and takes precedence over the list.",
     .strict = true},
    {.name = "kafka.consumer.group.id",
     .defaultValue = "flume",
     .help = "Consumer group whose members share the partitions and their position."},
    {.name = "batchSize",
     .type = PropertyType::integer,
     .defaultValue = "1000",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Records that are put into the channels in one transaction."},
    {.name = "batchDurationMillis",
     .type = PropertyType::duration,
     .defaultValue = "1000",
     .unit = "ms",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "A batch that is not full is delivered after this time at the latest."},
    {.name = "useFlumeEventFormat",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .help = "Expects values as Flume events in Avro form, with headers and body."},
    {.name = "setTopicHeader",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .level = PropertyLevel::advanced,
     .help = "Stores the name of the topic in a header."},
    {.name = "topicHeader",
     .defaultValue = "topic",
     .level = PropertyLevel::advanced,
     .help = "Name of the header for the topic."},
    {.name = "timestampHeader",
     .level = PropertyLevel::expert,
     .help = "Documented but never read, because the time of the record always goes to the header timestamp."},
    {.name = "header.<flumeHeader>",
     .level = PropertyLevel::advanced,
     .help = "Copies the record header named here into the event header of this key."},
    {.name = "kafka.consumer.security.protocol",
     .type = PropertyType::choice,
     .defaultValue = "PLAINTEXT",
     .choices = kKafkaSecurity,
     .level = PropertyLevel::advanced,
     .help = "How the connection to the brokers is secured."},
    {.name = "kafka.consumer.ssl.disableTLSHostnameVerification",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Accepts a broker certificate that was made for another host name."},
    {.name = "kafka.consumer.*", .level = PropertyLevel::expert, .help = "Any setting of the Kafka consumer."},
    {.name = "topic",
     .type = PropertyType::list,
     .level = PropertyLevel::expert,
     .help = "Old name of kafka.topics.",
     .deprecated = true,
     .replacedBy = "kafka.topics"},
    {.name = "groupId",
     .defaultValue = "flume",
     .level = PropertyLevel::expert,
     .help = "Old name of kafka.consumer.group.id.",
     .deprecated = true,
     .replacedBy = "kafka.consumer.group.id"},
    {.name = "zookeeperConnect",
     .level = PropertyLevel::expert,
     .help = "Old way to find the brokers, replaced by kafka.bootstrap.servers.",
     .deprecated = true,
     .replacedBy = "kafka.bootstrap.servers"},
    {.name = "migrateZookeeperOffsets",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .level = PropertyLevel::expert,
     .help = "Takes over old positions from ZooKeeper when the group has none in Kafka.",
     .deprecated = true},
});
constexpr auto kProperties = join(kSourceCommon, kOwn, kPolling);
constexpr std::string_view kCounters[] = {"EventReceivedCount",
                                          "EventAcceptedCount",
                                          "AppendReceivedCount",
                                          "AppendAcceptedCount",
                                          "AppendBatchReceivedCount",
                                          "AppendBatchAcceptedCount",
                                          "OpenConnectionCount",
                                          "StartTime",
                                          "StopTime",
                                          "Type",
                                          "KafkaEventGetTimer",
                                          "KafkaCommitTimer",
                                          "KafkaEmptyCount"};
constexpr std::string_view kHeadersOut[] = {"timestamp", "topic", "partition", "offset", "key"};

void check(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    if (!reader.has("kafka.topics") && !reader.has("kafka.topics.regex") && !reader.has("topic")) {
        refuse(findings, "kafka.topics", "kafka-topics-missing", {});
    }
    checkKafkaServers(reader, "kafka.bootstrap.servers", findings);
    checkKafkaFixed(reader, "kafka.consumer.bootstrap.servers", "kafka.bootstrap.servers", findings);
    checkKafkaFixed(reader, "kafka.consumer.enable.auto.commit", "", findings);
}

} // namespace

constinit const ComponentSpec kKafkaSource{
    .kind = ComponentKind::source,
    .className = "org.apache.flume.source.kafka.KafkaSource",
    .title = "kafka",
    .summary =
        "Reads topics of a Kafka cluster as a member of a consumer group and commits what the channels have accepted.",
    .artifact = "org.apache.flume.flume-ng-sources:flume-kafka-source",
    .properties = kProperties,
    .batchProperty = "batchSize",
    .batchDefault = "1000",
    .pollable = true,
    .kafka = {.consumes = true,
              .serversKey = "kafka.bootstrap.servers",
              .topicsKey = "kafka.topics",
              .topicsRegexKey = "kafka.topics.regex",
              .groupKey = "kafka.consumer.group.id"},
    .counters = kCounters,
    .headersOut = kHeadersOut,
    .check = check,
};

} // namespace millrace::catalog
