#include "kafka/admin.h"

#include "kafka/admin_impl.h"

#include <array>

namespace millrace::kafka {
namespace {

/// The entries without an error and with a real offset.
Offsets offsetsIn(const rd_kafka_topic_partition_list_t& list) {
    Offsets offsets;
    for (int i = 0; i < list.cnt; ++i) {
        const auto& entry = list.elems[i];
        if (entry.err == RD_KAFKA_RESP_ERR_NO_ERROR && entry.offset >= 0)
            offsets[{entry.topic, entry.partition}] = entry.offset;
    }
    return offsets;
}

} // namespace

Admin::Admin(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Admin::~Admin() = default;

Result<std::unique_ptr<Admin>> Admin::make(const ConnectionConfig& config, Log& log, std::string node) {
    auto conf = makeConf(config);
    if (!conf) return std::move(conf).error();
    auto impl = std::make_unique<Impl>();
    impl->log = &log;
    impl->node = std::move(node);
    impl->servers = config.servers;
    // A consumer without a group: it joins nothing, and may ask for offsets.
    auto handle = makeHandle(RD_KAFKA_CONSUMER, std::move(*conf), *impl);
    if (!handle) return std::move(handle).error();
    impl->handle = std::move(*handle);
    return std::unique_ptr<Admin>(new Admin(std::move(impl)));
}

Result<std::vector<TopicInfo>> Admin::topics(std::chrono::milliseconds limit) {
    const struct rd_kafka_metadata* raw = nullptr;
    const auto code = rd_kafka_metadata(impl_->handle.get(), 1, nullptr, &raw, asTimeout(limit));
    const RdPtr<const struct rd_kafka_metadata> metadata(raw);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return impl_->failed(code, "list topics");
    std::vector<TopicInfo> topics;
    for (int i = 0; i < metadata->topic_cnt; ++i)
        if (metadata->topics[i].err == RD_KAFKA_RESP_ERR_NO_ERROR)
            topics.push_back({metadata->topics[i].topic, metadata->topics[i].partition_cnt});
    return topics;
}

Result<std::vector<GroupInfo>> Admin::groups(std::chrono::milliseconds limit) {
    const struct rd_kafka_group_list* raw = nullptr;
    const auto code = rd_kafka_list_groups(impl_->handle.get(), nullptr, &raw, asTimeout(limit));
    const RdPtr<const struct rd_kafka_group_list> list(raw);
    // Some brokers answered in time, others not: what there is is better than nothing.
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR && code != RD_KAFKA_RESP_ERR__PARTIAL)
        return impl_->failed(code, "list groups");
    std::vector<GroupInfo> groups;
    for (int i = 0; list && i < list->group_cnt; ++i) {
        const auto& group = list->groups[i];
        if (std::string_view(group.protocol_type) != "consumer" && group.protocol_type[0] != '\0') continue;
        groups.push_back({group.group, group.state, static_cast<std::size_t>(group.member_cnt)});
    }
    return groups;
}

Result<Offsets> Admin::committed(const std::string& group, std::span<const TopicPartition> partitions,
                                 std::chrono::milliseconds limit) {
    if (partitions.empty()) return Offsets{};
    const auto list = listOf(partitions, RD_KAFKA_OFFSET_INVALID);
    const RdPtr<rd_kafka_ListConsumerGroupOffsets_t> request(
        rd_kafka_ListConsumerGroupOffsets_new(group.c_str(), list.get()));
    const RdPtr<rd_kafka_queue_t> queue(rd_kafka_queue_new(impl_->handle.get()));
    const auto options = impl_->options(RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS, limit);
    rd_kafka_ListConsumerGroupOffsets_t* requests[] = {request.get()};
    rd_kafka_ListConsumerGroupOffsets(impl_->handle.get(), requests, 1, options.get(), queue.get());
    const auto event = impl_->await(queue.get(), limit, "read committed offsets");
    if (!event) return event.error();
    std::size_t count = 0;
    const auto* result = rd_kafka_event_ListConsumerGroupOffsets_result(event->get());
    const auto* groups = result ? rd_kafka_ListConsumerGroupOffsets_result_groups(result, &count) : nullptr;
    if (count != 1) return impl_->failed(RD_KAFKA_RESP_ERR__BAD_MSG, "read committed offsets");
    if (const auto* error = rd_kafka_group_result_error(groups[0]))
        return impl_->failed(rd_kafka_error_code(error), "read committed offsets", rd_kafka_error_string(error));
    return offsetsIn(*rd_kafka_group_result_partitions(groups[0]));
}

Result<Offsets> Admin::ends(std::span<const TopicPartition> partitions, std::chrono::milliseconds limit) {
    // Asked for the time -1 a broker answers the end, so that one request a broker does for all partitions.
    return offsetsAt(partitions, RD_KAFKA_OFFSET_END, limit);
}

Result<Offsets> Admin::beginnings(std::span<const TopicPartition> partitions, std::chrono::milliseconds limit) {
    return offsetsAt(partitions, RD_KAFKA_OFFSET_BEGINNING, limit);
}

Result<Offsets> Admin::offsetsAt(std::span<const TopicPartition> partitions, std::int64_t timeMs,
                                 std::chrono::milliseconds limit) {
    if (partitions.empty()) return Offsets{};
    const auto list = listOf(partitions, timeMs);
    const auto code = rd_kafka_offsets_for_times(impl_->handle.get(), list.get(), asTimeout(limit));
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return impl_->failed(code, "read offsets");
    return offsetsIn(*list);
}

Status Admin::createTopic(const NewTopic& topic, std::chrono::milliseconds limit) {
    Status made = makeTopic(topic, limit);
    return !made && made.error().code == ErrorCode::alreadyExists ? ok() : made;
}

Status Admin::makeTopic(const NewTopic& topic, std::chrono::milliseconds limit) {
    if (topic.name.empty()) return Error{ErrorCode::invalidArgument, "a topic needs a name", false};
    std::array<char, 512> text{};
    const RdPtr<rd_kafka_NewTopic_t> request(
        rd_kafka_NewTopic_new(topic.name.c_str(), topic.partitions, topic.replication, text.data(), text.size()));
    if (!request) return Error{ErrorCode::invalidArgument, "topic " + topic.name + ": " + text.data(), false};
    for (const auto& [name, value] : topic.config)
        rd_kafka_NewTopic_set_config(request.get(), name.c_str(), value.c_str());
    const RdPtr<rd_kafka_queue_t> queue(rd_kafka_queue_new(impl_->handle.get()));
    const auto options = impl_->options(RD_KAFKA_ADMIN_OP_CREATETOPICS, limit);
    rd_kafka_NewTopic_t* requests[] = {request.get()};
    rd_kafka_CreateTopics(impl_->handle.get(), requests, 1, options.get(), queue.get());
    const auto event = impl_->await(queue.get(), limit, "create a topic");
    if (!event) return event.error();
    std::size_t count = 0;
    const auto* result = rd_kafka_event_CreateTopics_result(event->get());
    const auto** answers = result ? rd_kafka_CreateTopics_result_topics(result, &count) : nullptr;
    return statusOf(answers, count, "create");
}

} // namespace millrace::kafka
