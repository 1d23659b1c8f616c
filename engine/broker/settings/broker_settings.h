#pragma once

#include "base/log.h"
#include "base/result.h"
#include "broker/settings/config_layers.h"
#include "broker/settings/listener_settings.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace millrace::broker {

/// How compaction works, whatever the topic.
struct CleanerSettings {
    std::chrono::milliseconds backoff{};
    std::uint64_t dedupeBytes = 0;
    double loadFactor = 0;
    std::size_t bufferBytes = 0;
    double bytesPerSecond = 0;
    bool operator==(const CleanerSettings&) const = default;
};

/// The broker's own configs as numbers. Changed on the loop thread only once the broker runs, by changeDynamic().
struct BrokerSettings {
    std::string clusterId;
    std::int32_t nodeId = 0;
    bool autoCreateTopics = true;
    bool deleteTopics = true;
    std::int32_t defaultPartitions = 1;
    std::int32_t fetchMaxBytes = 0;
    std::int32_t maxPartitionsInAnswer = 0; ///< of DescribeTopicPartitions
    bool authorizes = false;                ///< clients may do only what is allowed to them
    bool allowWithoutAcl = false;           ///< what no rule is about is allowed to all
    std::set<std::string> superUsers;       ///< as "User:alice": may do everything
    std::chrono::milliseconds connectionIdle{};
    std::chrono::milliseconds groupMinSession{};
    std::chrono::milliseconds groupMaxSession{};
    std::chrono::milliseconds initialRebalanceDelay{};
    std::size_t groupMaxSize = 0;
    std::chrono::milliseconds consumerSession{};   ///< of members of the consumer protocol
    std::chrono::milliseconds consumerHeartbeat{}; ///< likewise: how often they come
    std::size_t consumerMaxSize = 0;               ///< likewise
    std::size_t offsetMetadataMaxBytes = 0;
    std::chrono::milliseconds offsetsRetention{};
    std::chrono::milliseconds offsetsRetentionCheckInterval{};
    std::chrono::milliseconds producerIdExpiration{};
    std::chrono::milliseconds transactionMaxTimeout{};
    std::chrono::milliseconds transactionalIdExpiration{};
    std::chrono::milliseconds transactionTimeoutCheckInterval{};
    std::chrono::milliseconds transactionalIdCheckInterval{};
    std::chrono::milliseconds initialTaskDelay{};
    std::chrono::milliseconds retentionCheckInterval{};
    CleanerSettings cleaner;
    std::chrono::milliseconds failedAuthenticationDelay{}; ///< until a client hears that it has not proven who it is
    std::size_t maxConnections = 0;
    std::size_t maxConnectionsPerHost = 0;
    std::map<std::string, std::size_t> maxConnectionsOfHosts; ///< for some another number, by address
    std::size_t maxUnprovenBytes = 0; ///< the longest request of who has not yet proven who it is
    std::size_t maxRequestBytes = 0;
    std::vector<ListenerSettings> listeners; ///< at least one; what is set for them does not change any more
    ConfigLayers layers; ///< settled, with Kafka's older synonyms (hours, minutes) turned into milliseconds
    ConfigMap configs;   ///< those in force

    /// `configs` by Kafka's broker config names. A bad value is an error; an unknown name is logged and left out.
    static Result<BrokerSettings> from(ConfigMap configs, Log& log);
    /// Tells a config that the broker itself knows best, as where it listens.
    void tell(const std::string& name, std::string value);
    /// Puts these in place of all that clients have set. Precondition: settleDynamicConfigs() has accepted both.
    void changeDynamic(ConfigMap cluster, ConfigMap own);
    bool operator==(const BrokerSettings&) const = default;
};

/// The setting that a broker has by this name, which may be the default of a topic's, or be set for one listener alone;
/// null when there is none.
const catalog::KafkaSetting* findBrokerConfig(std::string_view name);
/// Whether clients may change it while the broker runs. `setting` is what findBrokerConfig() gives for `name`.
bool isDynamic(const catalog::KafkaSetting& setting, std::string_view name);
/// Every name known and dynamic, every value allowed; all are in settled form then.
Status settleDynamicConfigs(ConfigMap& configs);

} // namespace millrace::broker
