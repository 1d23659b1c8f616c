#include "catalog/check_support.h"
#include "catalog/millrace/document_parts.h"

#include <algorithm>

namespace millrace::catalog {
namespace {

// What the embedded broker accepts, since only there a topic is made from these.
constexpr std::string_view kPolicies[] = {"delete", "compact", "compact,delete", "delete,compact"};
constexpr std::string_view kCompressions[] = {"producer"};
constexpr std::string_view kTimestamps[] = {"CreateTime", "LogAppendTime"};

// Defaults are those of Apache Kafka 3.9 (org.apache.kafka.storage.internals.log.LogConfig).
constexpr PropertySpec kProperties[] = {
    {.name = "cluster", .required = true, .help = "Cluster that holds the topic."},
    {.name = "name", .help = "Name of the topic in Kafka, by default its name in this document."},
    {.name = "partitions",
     .type = PropertyType::integer,
     .defaultValue = "1",
     .range = {.minimum = 1, .maximum = 100000},
     .apply = ApplyClass::live,
     .help = "Parts of the topic that consumers of a group share, a number that can only grow."},
    {.name = "config.retention.bytes",
     .type = PropertyType::bytes,
     .defaultValue = "-1",
     .unit = "bytes",
     .range = {.minimum = -1},
     .apply = ApplyClass::live,
     .help = "Size of each partition above which its oldest records are deleted, where -1 sets no limit."},
    {.name = "config.retention.ms",
     .type = PropertyType::duration,
     .defaultValue = "604800000",
     .unit = "ms",
     .range = {.minimum = -1},
     .apply = ApplyClass::live,
     .help = "Age above which records are deleted, where -1 sets no limit."},
    {.name = "config.cleanup.policy",
     .type = PropertyType::choice,
     .defaultValue = "delete",
     .choices = kPolicies,
     .apply = ApplyClass::live,
     .help = "Deletes old records, or keeps the newest record of each key."},
    {.name = "config.max.message.bytes",
     .type = PropertyType::integer,
     .defaultValue = "1048588",
     .unit = "bytes",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Largest batch of records that the topic accepts."},
    {.name = "config.segment.bytes",
     .type = PropertyType::integer,
     .defaultValue = "1073741824",
     .unit = "bytes",
     .range = {.minimum = 14},
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help =
         "Size at which a new file of the partition is begun, which is also the step in which records are deleted."},
    {.name = "config.segment.ms",
     .type = PropertyType::duration,
     .defaultValue = "604800000",
     .unit = "ms",
     .range = {.minimum = 1},
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Age at which a new file of the partition is begun."},
    {.name = "config.compression.type",
     .type = PropertyType::choice,
     .defaultValue = "producer",
     .choices = kCompressions,
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Compression of stored records, where producer keeps what was sent."},
    {.name = "config.message.timestamp.type",
     .type = PropertyType::choice,
     .defaultValue = "CreateTime",
     .choices = kTimestamps,
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Keeps the time that the producer gave a record, or stores the time of its arrival."},
    {.name = "config.min.insync.replicas",
     .type = PropertyType::integer,
     .defaultValue = "1",
     .range = {.minimum = 1},
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Replicas that must have a record before it counts as stored for producers that wait for all."},
    {.name = "config.delete.retention.ms",
     .type = PropertyType::duration,
     .defaultValue = "86400000",
     .unit = "ms",
     .range = {.minimum = 0},
     .level = PropertyLevel::expert,
     .apply = ApplyClass::live,
     .help = "Time for which the mark of a deleted key is kept in a compacted topic."},
    {.name = "config.min.compaction.lag.ms",
     .type = PropertyType::duration,
     .defaultValue = "0",
     .unit = "ms",
     .range = {.minimum = 0},
     .level = PropertyLevel::expert,
     .apply = ApplyClass::live,
     .help = "Age that a record must have before compaction may remove it."},
    {.name = "config.min.cleanable.dirty.ratio",
     .type = PropertyType::decimal,
     .defaultValue = "0.5",
     .range = {.minimum = 0, .maximum = 1},
     .level = PropertyLevel::expert,
     .apply = ApplyClass::live,
     .help = "Part of a partition, from 0 to 1, that must be new before it is compacted again."},
    {.name = "config.segment.index.bytes",
     .type = PropertyType::integer,
     .defaultValue = "10485760",
     .unit = "bytes",
     .range = {.minimum = 4},
     .level = PropertyLevel::expert,
     .apply = ApplyClass::live,
     .help = "Largest size of the index of one file of the partition."},
    {.name = "config.index.interval.bytes",
     .type = PropertyType::integer,
     .defaultValue = "4096",
     .unit = "bytes",
     .range = {.minimum = 0},
     .level = PropertyLevel::expert,
     .apply = ApplyClass::live,
     .help = "Amount of records between two entries of the index."},
    {.name = "config.*",
     .level = PropertyLevel::expert,
     .apply = ApplyClass::live,
     .help = "Any other setting of the topic, under the name that Kafka gives it."},
};

/// Kafka's other settings of a topic, behind `config.*`.
constexpr std::string_view kOtherConfigs[] = {
    "compression.gzip.level",
    "compression.lz4.level",
    "compression.zstd.level",
    "file.delete.delay.ms",
    "flush.messages",
    "flush.ms",
    "follower.replication.throttled.replicas",
    "leader.replication.throttled.replicas",
    "local.retention.bytes",
    "local.retention.ms",
    "max.compaction.lag.ms",
    "message.timestamp.after.max.ms",
    "message.timestamp.before.max.ms",
    "preallocate",
    "remote.log.copy.disable",
    "remote.log.delete.on.disable",
    "remote.storage.enable",
    "segment.jitter.ms",
    "unclean.leader.election.enable",
};

void checkTopic(const Properties& properties, std::vector<Finding>& findings) {
    constexpr std::string_view kPrefix = "config.";
    for (auto it = properties.lower_bound(kPrefix); it != properties.end() && it->first.starts_with(kPrefix); ++it) {
        const std::string name = it->first.substr(kPrefix.size());
        const PropertySpec* declared = findProperty(kProperties, it->first);
        const bool known = (declared != nullptr && !declared->isPattern()) || std::ranges::count(kOtherConfigs, name);
        if (!known) findings.push_back(makeFinding(Finding::Effect::warning, it->first, "topic-config-unknown", {name}));
    }
}

} // namespace

constinit const ComponentSpec kTopicPart{
    .kind = ComponentKind::topic,
    .title = "topic",
    .summary = "A Kafka topic that is made before the run when it does not exist.",
    .properties = kProperties,
    .check = checkTopic,
};

} // namespace millrace::catalog
