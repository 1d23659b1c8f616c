#include "kafka/admin_impl.h"

#include <algorithm>

namespace millrace::kafka {

namespace {

constexpr struct {
    rd_kafka_ConfigSource_t source;
    const char* word;
} kSources[] = {
    {RD_KAFKA_CONFIG_SOURCE_DYNAMIC_TOPIC_CONFIG, "topic"},
    {RD_KAFKA_CONFIG_SOURCE_DYNAMIC_BROKER_CONFIG, "broker"},
    {RD_KAFKA_CONFIG_SOURCE_DYNAMIC_DEFAULT_BROKER_CONFIG, "cluster"},
    {RD_KAFKA_CONFIG_SOURCE_STATIC_BROKER_CONFIG, "static"},
    {RD_KAFKA_CONFIG_SOURCE_DEFAULT_CONFIG, "default"},
};

std::string wordOf(rd_kafka_ConfigSource_t source) {
    const auto* found = std::ranges::find(kSources, source, [](const auto& entry) { return entry.source; });
    return found == std::end(kSources) ? "unknown" : found->word;
}

RdPtr<rd_kafka_ConfigResource_t> resourceOf(const ConfigOwner& owner) {
    const auto kind = owner.kind == ConfigOwner::Kind::topic ? RD_KAFKA_RESOURCE_TOPIC : RD_KAFKA_RESOURCE_BROKER;
    return RdPtr<rd_kafka_ConfigResource_t>(rd_kafka_ConfigResource_new(kind, owner.name.c_str()));
}

std::string nameOf(const ConfigOwner& owner) {
    if (owner.kind == ConfigOwner::Kind::topic) return "topic " + owner.name;
    return owner.name.empty() ? "all brokers" : "broker " + owner.name;
}

ConfigValue valueOf(const rd_kafka_ConfigEntry_t* entry) {
    ConfigValue value;
    value.name = rd_kafka_ConfigEntry_name(entry);
    if (const char* text = rd_kafka_ConfigEntry_value(entry)) value.value = text;
    value.source = wordOf(rd_kafka_ConfigEntry_source(entry));
    value.readOnly = rd_kafka_ConfigEntry_is_read_only(entry) == 1;
    value.sensitive = rd_kafka_ConfigEntry_is_sensitive(entry) == 1;
    return value;
}

Status statusOf(const rd_kafka_ConfigResource_t* answer, const std::string& what) {
    const auto code = rd_kafka_ConfigResource_error(answer);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return ok();
    return kafkaError(code, what, rd_kafka_ConfigResource_error_string(answer));
}

/// Whether the owner has set it itself, so that it is lost when it is not sent again.
bool isOwn(const ConfigValue& value, const ConfigOwner& owner) {
    if (owner.kind == ConfigOwner::Kind::topic) return value.source == "topic";
    return value.source == (owner.name.empty() ? "cluster" : "broker");
}

} // namespace

Status statusOf(const rd_kafka_topic_result_t** answers, std::size_t count, const char* verb) {
    for (std::size_t i = 0; i < count; ++i) {
        const auto code = rd_kafka_topic_result_error(answers[i]);
        if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
            return kafkaError(code, std::string(verb) + " topic " + rd_kafka_topic_result_name(answers[i]),
                              rd_kafka_topic_result_error_string(answers[i]));
    }
    return ok();
}

Status Admin::deleteTopic(const std::string& topic, std::chrono::milliseconds limit) {
    const RdPtr<rd_kafka_DeleteTopic_t> request(rd_kafka_DeleteTopic_new(topic.c_str()));
    const RdPtr<rd_kafka_queue_t> queue(rd_kafka_queue_new(impl_->handle.get()));
    const auto options = impl_->options(RD_KAFKA_ADMIN_OP_DELETETOPICS, limit);
    rd_kafka_DeleteTopic_t* requests[] = {request.get()};
    rd_kafka_DeleteTopics(impl_->handle.get(), requests, 1, options.get(), queue.get());
    const auto event = impl_->await(queue.get(), limit, "delete a topic");
    if (!event) return event.error();
    std::size_t count = 0;
    const auto* result = rd_kafka_event_DeleteTopics_result(event->get());
    const auto** answers = result ? rd_kafka_DeleteTopics_result_topics(result, &count) : nullptr;
    return statusOf(answers, count, "delete");
}

Status Admin::growTopic(const std::string& topic, std::int32_t partitions, std::chrono::milliseconds limit) {
    std::array<char, 512> text{};
    const RdPtr<rd_kafka_NewPartitions_t> request(rd_kafka_NewPartitions_new(
        topic.c_str(), static_cast<std::size_t>(std::max(partitions, 0)), text.data(), text.size()));
    if (!request) return Error{ErrorCode::invalidArgument, "topic " + topic + ": " + text.data(), false};
    const RdPtr<rd_kafka_queue_t> queue(rd_kafka_queue_new(impl_->handle.get()));
    const auto options = impl_->options(RD_KAFKA_ADMIN_OP_CREATEPARTITIONS, limit);
    rd_kafka_NewPartitions_t* requests[] = {request.get()};
    rd_kafka_CreatePartitions(impl_->handle.get(), requests, 1, options.get(), queue.get());
    const auto event = impl_->await(queue.get(), limit, "add partitions");
    if (!event) return event.error();
    std::size_t count = 0;
    const auto* result = rd_kafka_event_CreatePartitions_result(event->get());
    const auto** answers = result ? rd_kafka_CreatePartitions_result_topics(result, &count) : nullptr;
    return statusOf(answers, count, "grow");
}

Result<std::vector<PartitionInfo>> Admin::partitions(const std::string& topic, std::chrono::milliseconds limit) {
    // All topics are asked for, because to name one may make it.
    const struct rd_kafka_metadata* raw = nullptr;
    const auto code = rd_kafka_metadata(impl_->handle.get(), 1, nullptr, &raw, asTimeout(limit));
    const RdPtr<const struct rd_kafka_metadata> metadata(raw);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return impl_->failed(code, "describe topics");
    std::vector<PartitionInfo> partitions;
    for (int i = 0; i < metadata->topic_cnt; ++i) {
        const auto& found = metadata->topics[i];
        if (topic != found.topic) continue;
        if (found.err != RD_KAFKA_RESP_ERR_NO_ERROR) return kafkaError(found.err, "topic " + topic);
        for (int p = 0; p < found.partition_cnt; ++p) {
            const auto& partition = found.partitions[p];
            partitions.push_back({partition.id,
                                  partition.leader,
                                  {partition.replicas, partition.replicas + partition.replica_cnt},
                                  {partition.isrs, partition.isrs + partition.isr_cnt}});
        }
    }
    if (partitions.empty())
        return Error{ErrorCode::notFound, "there is no topic " + topic + " at " + impl_->servers, false};
    std::ranges::sort(partitions, {}, &PartitionInfo::id);
    return partitions;
}

Result<std::vector<ConfigValue>> Admin::configs(const ConfigOwner& owner, std::chrono::milliseconds limit) {
    const auto request = resourceOf(owner);
    const RdPtr<rd_kafka_queue_t> queue(rd_kafka_queue_new(impl_->handle.get()));
    const auto options = impl_->options(RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, limit);
    rd_kafka_ConfigResource_t* requests[] = {request.get()};
    rd_kafka_DescribeConfigs(impl_->handle.get(), requests, 1, options.get(), queue.get());
    const auto event = impl_->await(queue.get(), limit, "read settings");
    if (!event) return event.error();
    std::size_t count = 0, entries = 0;
    const auto* result = rd_kafka_event_DescribeConfigs_result(event->get());
    const auto** answers = result ? rd_kafka_DescribeConfigs_result_resources(result, &count) : nullptr;
    if (count != 1) return impl_->failed(RD_KAFKA_RESP_ERR__BAD_MSG, "read settings");
    MILLRACE_TRY(statusOf(answers[0], "settings of " + nameOf(owner)));
    const auto** all = rd_kafka_ConfigResource_configs(answers[0], &entries);
    std::vector<ConfigValue> values;
    for (std::size_t i = 0; i < entries; ++i)
        values.push_back(valueOf(all[i]));
    std::ranges::sort(values, {}, &ConfigValue::name);
    return values;
}

Status Admin::changeConfigs(const ConfigOwner& owner, const ConfigChanges& changes, std::chrono::milliseconds limit) {
    const auto before = configs(owner, limit);
    if (!before) return before.error();
    std::map<std::string, std::string> wanted;
    for (const ConfigValue& value : *before) {
        if (!isOwn(value, owner) || changes.contains(value.name)) continue;
        if (!value.value)
            return Error{ErrorCode::unsupported,
                         value.name + " of " + nameOf(owner) +
                             " is set and not told, so it would be lost: use "
                             "kafka-configs.sh of Apache Kafka here",
                         false};
        wanted[value.name] = *value.value;
    }
    for (const auto& [name, value] : changes)
        if (value) wanted[name] = *value;
    const auto request = resourceOf(owner);
    for (const auto& [name, value] : wanted)
        rd_kafka_ConfigResource_set_config(request.get(), name.c_str(), value.c_str());
    const RdPtr<rd_kafka_queue_t> queue(rd_kafka_queue_new(impl_->handle.get()));
    const auto options = impl_->options(RD_KAFKA_ADMIN_OP_ALTERCONFIGS, limit);
    rd_kafka_ConfigResource_t* requests[] = {request.get()};
    rd_kafka_AlterConfigs(impl_->handle.get(), requests, 1, options.get(), queue.get());
    const auto event = impl_->await(queue.get(), limit, "change settings");
    if (!event) return event.error();
    std::size_t count = 0;
    const auto* result = rd_kafka_event_AlterConfigs_result(event->get());
    const auto** answers = result ? rd_kafka_AlterConfigs_result_resources(result, &count) : nullptr;
    for (std::size_t i = 0; i < count; ++i)
        MILLRACE_TRY(statusOf(answers[i], "settings of " + nameOf(owner)));
    return ok();
}

} // namespace millrace::kafka
