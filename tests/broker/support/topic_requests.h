#pragma once

#include "broker/settings/topic_configs.h"
#include "wire/messages/create_topics.h"
#include "wire/messages/metadata.h"

#include <algorithm>
#include <map>
#include <string>

namespace millrace::broker {

inline wire::CreateTopicsRequest creation(const std::string& name, std::int32_t partitions = 1,
                                          std::map<std::string, std::string> configs = {}) {
    wire::CreateTopicsRequest request;
    auto& topic = request.topics.emplace_back();
    topic.name = name;
    topic.numPartitions = partitions;
    topic.replicationFactor = 1;
    for (auto& [key, value] : configs)
        topic.configs.push_back({key, value});
    return request;
}

inline wire::MetadataRequest metadataOf(const std::string& name) {
    wire::MetadataRequest request;
    request.topics.emplace().push_back({{}, name});
    return request;
}

/// Settings that only those topics tell of which have them: Kafka 4 has none of them.
inline const auto kOutdated =
    static_cast<std::size_t>(std::ranges::count(catalog::kafkaTopicSettings(), true, &catalog::KafkaSetting::outdated));

} // namespace millrace::broker
