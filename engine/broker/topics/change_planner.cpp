#include "broker/topics/change_planner.h"

#include "wire/error_code.h"

#include <fmt/core.h>

namespace millrace::broker {

using namespace wire::error;

namespace {

Refusal checkCount(std::int32_t partitions) {
    constexpr std::int32_t kMaxPartitions = 100'000;
    if (partitions < 1) return {kInvalidPartitions, "a topic needs at least one partition"};
    if (partitions > kMaxPartitions) return {kInvalidPartitions, fmt::format("at most {} partitions", kMaxPartitions)};
    return {};
}

Refusal unknown(const std::string& topic) {
    return {kUnknownTopicOrPartition, fmt::format("there is no topic {}", topic)};
}

/// A cluster of one has every partition on its one broker.
void resize(TopicMetadata& topic, std::int32_t partitions, std::int32_t node) {
    topic.partitions.resize(static_cast<std::size_t>(partitions), PartitionMetadata::onOneBroker(node));
}

} // namespace

ChangePlanner::Planned ChangePlanner::plan(const TopicChange& change) {
    if (!asked_.add(change.topic()))
        return Refusal{kInvalidRequest, fmt::format("topic {} appears more than once", change.topic())};
    return std::visit([this](const auto& wish) { return plan(wish); }, change.wish);
}

Refusal ChangePlanner::checkNewName(const std::string& name) const {
    if (metadata_.find(name)) return {kTopicAlreadyExists, fmt::format("topic {} is there already", name)};
    if (auto status = metadata_.checkNewName(name); !status) return {kInvalidTopic, status.error().message};
    if (const std::string* other = asked_.lookalike(name)) return {kInvalidTopic, lookalikeError(name, *other).message};
    if (isInternalTopic(name)) return {kInvalidTopic, fmt::format("{} is a name that Kafka keeps for itself", name)};
    return {};
}

ChangePlanner::Planned ChangePlanner::plan(const CreateTopic& wish) {
    if (Refusal refusal = checkNewName(wish.name); refusal.error != kNone) return refusal;
    if (Refusal refusal = checkCount(wish.partitions); refusal.error != kNone) return refusal;
    const auto topic = std::make_shared<TopicMetadata>();
    topic->name = wish.name;
    topic->id.bytes = random_.uuid();
    topic->configure(wish.configs, settings_.configs);
    resize(*topic, wish.partitions, settings_.nodeId);
    return TopicDelta{nullptr, topic};
}

ChangePlanner::Planned ChangePlanner::plan(const GrowTopic& wish) const {
    const auto before = metadata_.find(wish.name);
    if (!before) return unknown(wish.name);
    if (wish.partitions <= before->partitionCount())
        return Refusal{kInvalidPartitions,
                       fmt::format("topic {} has {} partitions already", wish.name, before->partitionCount())};
    if (Refusal refusal = checkCount(wish.partitions); refusal.error != kNone) return refusal;
    const auto after = std::make_shared<TopicMetadata>(*before);
    resize(*after, wish.partitions, settings_.nodeId);
    return TopicDelta{before, after};
}

ChangePlanner::Planned ChangePlanner::plan(const RemoveTopic& wish) const {
    const auto before = metadata_.find(wish.name);
    if (!before) return unknown(wish.name);
    return TopicDelta{before, nullptr};
}

ChangePlanner::Planned ChangePlanner::plan(const ConfigureTopic& wish) const {
    const auto before = metadata_.find(wish.name);
    if (!before) return unknown(wish.name);
    ConfigMap configs = before->configs;
    if (Refusal refusal = wish.edit(configs); refusal.error != kNone) return refusal;
    if (auto status = settleTopicConfigs(configs); !status) return Refusal{kInvalidConfig, status.error().message};
    const auto after = std::make_shared<TopicMetadata>(*before);
    after->configure(std::move(configs), settings_.configs);
    return TopicDelta{before, after};
}

} // namespace millrace::broker
