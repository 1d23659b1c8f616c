#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

namespace millrace::catalog {
namespace {

constexpr std::string_view kAutoOffsetResets[] = {"earliest", "latest", "none"};
constexpr std::string_view kAcks[] = {"all", "1", "0"};
constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "kafka.bootstrap.servers",
     .type = PropertyType::list,
     .required = true,
     .help = "Brokers to ask first, as host:port, separated by commas.",
     .separator = ','},
    {.name = "kafka.topic", .defaultValue = "flume-channel", .help = "Topic that holds the events."},
    {.name = "kafka.consumer.group.id",
     .defaultValue = "flume",
     .help = "Consumer group with which sinks read from this channel."},
    {.name = "parseAsFlumeEvent",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .help = "Stores and expects headers and body in Avro form, or only the body when false."},
    {.name = "kafka.pollTimeout",
     .type = PropertyType::duration,
     .defaultValue = "500",
     .unit = "ms",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .help = "Longest time a sink waits for records of the topic."},
    {.name = "defaultPartitionId",
     .type = PropertyType::integer,
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .help = "Writes every event to this partition."},
    {.name = "partitionIdHeader",
     .level = PropertyLevel::advanced,
     .help = "Header that holds the number of the partition to write to."},
    {.name = "kafka.consumer.auto.offset.reset",
     .type = PropertyType::choice,
     .defaultValue = "earliest",
     .choices = kAutoOffsetResets,
     .level = PropertyLevel::advanced,
     .help = "Where a group without a known position begins to read."},
    {.name = "kafka.producer.acks",
     .defaultValue = "all",
     .choices = kAcks,
     .level = PropertyLevel::advanced,
     .help = "Replicas that must have an event before it counts as stored."},
    {.name = "kafka.producer.security.protocol",
     .type = PropertyType::choice,
     .defaultValue = "PLAINTEXT",
     .choices = kKafkaSecurity,
     .level = PropertyLevel::advanced,
     .help = "How connections of the producer to the brokers are secured."},
    {.name = "kafka.consumer.security.protocol",
     .type = PropertyType::choice,
     .defaultValue = "PLAINTEXT",
     .choices = kKafkaSecurity,
     .level = PropertyLevel::advanced,
     .help = "How connections of the consumer to the brokers are secured."},
    {.name = "kafka.producer.ssl.disableTLSHostnameVerification",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Accepts a broker certificate that was made for another host name."},
    {.name = "kafka.consumer.ssl.disableTLSHostnameVerification",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::expert,
     .help = "Accepts a broker certificate that was made for another host name."},
    {.name = "kafka.consumer.*", .level = PropertyLevel::expert, .help = "Any setting of the Kafka consumer."},
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
    {.name = "groupId",
     .level = PropertyLevel::expert,
     .help = "Old name of kafka.consumer.group.id.",
     .deprecated = true,
     .replacedBy = "kafka.consumer.group.id"},
    {.name = "readSmallestOffset",
     .type = PropertyType::boolean,
     .level = PropertyLevel::expert,
     .help = "Old switch for kafka.consumer.auto.offset.reset.",
     .deprecated = true,
     .replacedBy = "kafka.consumer.auto.offset.reset"},
    {.name = "zookeeperConnect",
     .level = PropertyLevel::expert,
     .help = "Only needed to take over old positions from ZooKeeper.",
     .deprecated = true},
    {.name = "migrateZookeeperOffsets",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .level = PropertyLevel::expert,
     .help = "Takes over old positions from ZooKeeper when the group has none in Kafka.",
     .deprecated = true},
});
constexpr auto kProperties = join(kChannelCommon, kOwn);
constexpr std::string_view kCounters[] = {"ChannelSize",
                                          "ChannelCapacity",
                                          "ChannelFillPercentage",
                                          "EventPutAttemptCount",
                                          "EventPutSuccessCount",
                                          "EventTakeAttemptCount",
                                          "EventTakeSuccessCount",
                                          "StartTime",
                                          "StopTime",
                                          "Type",
                                          "KafkaEventGetTimer",
                                          "KafkaEventSendTimer",
                                          "KafkaCommitTimer",
                                          "RollbackCount"};
constexpr std::string_view kHeadersOut[] = {"key"};

void check(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    checkKafkaServers(reader, "kafka.bootstrap.servers", findings);
    checkKafkaFixed(reader, "kafka.consumer.bootstrap.servers", "kafka.bootstrap.servers", findings);
    checkKafkaFixed(reader, "kafka.producer.bootstrap.servers", "kafka.bootstrap.servers", findings);
    checkKafkaFixed(reader, "kafka.consumer.enable.auto.commit", "", findings);
}

} // namespace

constinit const ComponentSpec kKafkaChannel{
    .kind = ComponentKind::channel,
    .className = "org.apache.flume.channel.kafka.KafkaChannel",
    .title = "kafka",
    .summary = "Keeps events in a topic of a Kafka cluster, where other programs can read and write them too.",
    .artifact = "org.apache.flume.flume-ng-channels:flume-kafka-channel",
    .properties = kProperties,
    .kafka = {.consumes = true,
              .produces = true,
              .serversKey = "kafka.bootstrap.servers",
              .topicKey = "kafka.topic",
              .groupKey = "kafka.consumer.group.id"},
    .counters = kCounters,
    .headersOut = kHeadersOut,
    .check = check,
};

} // namespace millrace::catalog
