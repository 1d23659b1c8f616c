#include "broker/settings/topic_settings.h"

#include <algorithm>

namespace millrace::broker {

namespace {

/// The values in force, by Kafka's names.
class InForce {
public:
    InForce(const ConfigMap& topic, const ConfigMap& broker) : topic_(topic), broker_(broker) {}
    std::string text(std::string_view name) const { return effectiveTopicConfig(setting(name), topic_, broker_); }
    std::int64_t number(std::string_view name) const { return configNumber(text(name)); }
    double real(std::string_view name) const { return configReal(text(name)); }
    bool lists(std::string_view name, std::string_view item) const {
        return text(name).find(item) != std::string::npos;
    }
    bool isSet(std::string_view name) const {
        return topic_.contains(std::string(name)) || broker_.contains(std::string(setting(name).brokerName));
    }

private:
    static const catalog::KafkaSetting& setting(std::string_view name) {
        return *catalog::findKafkaSetting(catalog::kafkaTopicSettings(), name);
    }
    const ConfigMap& topic_;
    const ConfigMap& broker_;
};

std::optional<Compression> compressionIn(const InForce& configs) {
    const std::string name = configs.text("compression.type");
    if (name == "producer") return std::nullopt;
    if (name == "uncompressed") return Compression{wire::Codec::none};
    for (const auto codec : {wire::Codec::gzip, wire::Codec::lz4, wire::Codec::zstd})
        if (name == wire::toString(codec))
            return Compression{codec, static_cast<int>(configs.number("compression." + name + ".level"))};
    return Compression{wire::Codec::snappy};
}

/// The setting of before Kafka 3.6 counts for both directions where the newer one says nothing.
std::int64_t timestampLimit(const InForce& configs, std::string_view name) {
    constexpr std::string_view kOlder = "message.timestamp.difference.max.ms";
    return configs.number(!configs.isSet(name) && configs.isSet(kOlder) ? kOlder : name);
}

} // namespace

TopicSettings TopicSettings::from(const ConfigMap& topic, const ConfigMap& broker) {
    const InForce configs(topic, broker);
    TopicSettings settings;
    settings.log.segmentBytes = static_cast<std::uint64_t>(configs.number("segment.bytes"));
    settings.log.segmentMs = configs.number("segment.ms");
    settings.log.retentionBytes = configs.number("retention.bytes");
    settings.log.retentionMs = configs.number("retention.ms");
    settings.log.indexIntervalBytes = static_cast<std::uint32_t>(configs.number("index.interval.bytes"));
    settings.compacted = configs.lists("cleanup.policy", "compact");
    settings.deletes = configs.lists("cleanup.policy", "delete");
    settings.compaction = {configs.number("delete.retention.ms"), configs.number("min.compaction.lag.ms"),
                           configs.number("max.compaction.lag.ms"), configs.real("min.cleanable.dirty.ratio")};
    // What is in the segment under way is not compacted.
    if (settings.compacted) settings.log.segmentMs = std::min(settings.log.segmentMs, settings.compaction.maxLagMs);
    // Retention by size and time belongs to "delete".
    if (!settings.deletes) settings.log.retentionBytes = settings.log.retentionMs = -1;
    settings.storeAs = compressionIn(configs);
    settings.maxMessageBytes = static_cast<std::size_t>(configs.number("max.message.bytes"));
    settings.logAppendTime = configs.text("message.timestamp.type") == "LogAppendTime";
    settings.minInSyncReplicas = static_cast<std::int32_t>(configs.number("min.insync.replicas"));
    settings.timestampBeforeMaxMs = timestampLimit(configs, "message.timestamp.before.max.ms");
    settings.timestampAfterMaxMs = timestampLimit(configs, "message.timestamp.after.max.ms");
    return settings;
}

} // namespace millrace::broker
