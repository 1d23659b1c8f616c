#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr std::string_view kAcks[] = {"1", "all", "0"};
constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "kafka.bootstrap.servers",
     .type = PropertyType::list,
     .required = true,
     .help = "Brokers to ask first, as host:port, separated by commas.",
     .separator = ','},
    {.name = "kafka.topic",
     .defaultValue = "default-flume-topic",
     .help = "Topic to write to, in which %{header} and time escapes are replaced."},
    {.name = "flumeBatchSize",
     .type = PropertyType::integer,
     .defaultValue = "100",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Events that are taken from the channel and sent in one transaction."},
    {.name = "kafka.producer.acks",
     .defaultValue = "1",
     .choices = kAcks,
     .help = "Replicas that must have an event before it counts as sent."},
    {.name = "useFlumeEventFormat",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .help = "Writes headers and body in Avro form instead of the body alone."},
    {.name = "defaultPartitionId",
     .type = PropertyType::integer,
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .help = "Writes every event to this partition."},
    {.name = "partitionIdHeader",
     .level = PropertyLevel::advanced,
     .help = "Header that holds the number of the partition to write to."},
    {.name = "allowTopicOverride",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .level = PropertyLevel::advanced,
     .help = "Lets a header of the event choose the topic."},
    {.name = "topicHeader",
     .defaultValue = "topic",
     .level = PropertyLevel::advanced,
     .help = "Name of the header that chooses the topic."},
    {.name = "timestampHeader",
     .level = PropertyLevel::advanced,
     .help = "Header that holds the time of the record in milliseconds."},
    {.name = "header.<flumeHeader>",
     .level = PropertyLevel::advanced,
     .help = "Name of the record header that takes the event header of this key."},
    {.name = "kafka.producer.security.protocol",
     .type = PropertyType::choice,
     .defaultValue = "PLAINTEXT",
     .choices = kKafkaSecurity,
     .level = PropertyLevel::advanced,
     .help = "How the connection to the brokers is secured."},
    {.name = "kafka.producer.ssl.disableTLSHostnameVerification",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Accepts a broker certificate that was made for another host name."},
    {.name = "kafka.producer.*", .level = PropertyLevel::expert, .help = "Any setting of the Kafka producer."},
    {.name = "brokerList",
     .level = PropertyLevel::expert,
     .help = "Old name of kafka.bootstrap.servers.",
     .deprecated = true,
     .replacedBy = "kafka.bootstrap.servers"},
    {.name = "topic",
     .level = PropertyLevel::expert,
     .help = "Old name of kafka.topic.",
     .deprecated = true,
     .replacedBy = "kafka.topic"},
    {.name = "batchSize",
     .type = PropertyType::integer,
     .level = PropertyLevel::expert,
     .help = "Old name of flumeBatchSize.",
     .deprecated = true,
     .replacedBy = "flumeBatchSize"},
    {.name = "requiredAcks",
     .level = PropertyLevel::expert,
     .help = "Old name of kafka.producer.acks.",
     .deprecated = true,
     .replacedBy = "kafka.producer.acks"},
});
constexpr auto kProperties = join(kSinkCommon, kOwn);
constexpr std::string_view kCounters[] = {"ConnectionCreatedCount",
                                          "ConnectionClosedCount",
                                          "ConnectionFailedCount",
                                          "BatchEmptyCount",
                                          "BatchUnderflowCount",
                                          "BatchCompleteCount",
                                          "EventDrainAttemptCount",
                                          "EventDrainSuccessCount",
                                          "StartTime",
                                          "StopTime",
                                          "Type",
                                          "KafkaEventSendTimer",
                                          "RollbackCount"};

void check(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    checkKafkaServers(reader, "kafka.bootstrap.servers", findings);
    checkKafkaFixed(reader, "kafka.producer.bootstrap.servers", "kafka.bootstrap.servers", findings);
}

} // namespace

constinit const ComponentSpec kKafkaSink{
    .kind = ComponentKind::sink,
    .className = "org.apache.flume.sink.kafka.KafkaSink",
    .title = "kafka",
    .summary = "Sends events to a topic of a Kafka cluster.",
    .artifact = "org.apache.flume.flume-ng-sinks:flume-ng-kafka-sink",
    .properties = kProperties,
    .batchProperty = "flumeBatchSize",
    .batchDefault = "100",
    .kafka = {.produces = true, .serversKey = "kafka.bootstrap.servers", .topicKey = "kafka.topic"},
    .counters = kCounters,
    .check = check,
};

} // namespace millrace::catalog
