#include "kafka/admin.h"

#include "kafka/rd_handle.h"

#include <array>

namespace millrace::kafka {
namespace {

int asTimeout(std::chrono::milliseconds limit) {
    return static_cast<int>(limit.count());
}

RdPtr<rd_kafka_topic_partition_list_t> listOf(std::span<const TopicPartition> partitions, std::int64_t offset) {
    RdPtr<rd_kafka_topic_partition_list_t> list(rd_kafka_topic_partition_list_new(static_cast<int>(partitions.size())));
    for (const auto& entry : partitions)
        rd_kafka_topic_partition_list_add(list.get(), entry.topic.c_str(), entry.partition)->offset = offset;
    return list;
}

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

struct Admin::Impl : LogTarget {
    RdPtr<rd_kafka_t> handle;
    std::string servers;

    Error failed(rd_kafka_resp_err_t code, const char* what, const char* detail = nullptr) const {
        return kafkaError(code, std::string(what) + " at " + servers, detail);
    }
    /// The event that answers an admin request, or the error of the request as a whole.
    Result<RdPtr<rd_kafka_event_t>> await(rd_kafka_queue_t* queue, std::chrono::milliseconds limit,
                                          const char* what) const {
        RdPtr<rd_kafka_event_t> event(rd_kafka_queue_poll(queue, asTimeout(limit)));
        if (!event) return failed(RD_KAFKA_RESP_ERR__TIMED_OUT, what);
        if (const auto code = rd_kafka_event_error(event.get()); code != RD_KAFKA_RESP_ERR_NO_ERROR)
            return failed(code, what, rd_kafka_event_error_string(event.get()));
        return event;
    }
    RdPtr<rd_kafka_AdminOptions_t> options(rd_kafka_admin_op_t operation, std::chrono::milliseconds limit) const {
        RdPtr<rd_kafka_AdminOptions_t> made(rd_kafka_AdminOptions_new(handle.get(), operation));
        std::array<char, 256> text{};
        rd_kafka_AdminOptions_set_request_timeout(made.get(), asTimeout(limit), text.data(), text.size());
        return made;
    }
};

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
    if (partitions.empty()) return Offsets{};
    // Asked for the time -1 a broker answers the end, so that one request a broker does for all partitions.
    const auto list = listOf(partitions, RD_KAFKA_OFFSET_END);
    const auto code = rd_kafka_offsets_for_times(impl_->handle.get(), list.get(), asTimeout(limit));
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return impl_->failed(code, "read end offsets");
    return offsetsIn(*list);
}

Status Admin::createTopic(const NewTopic& topic, std::chrono::milliseconds limit) {
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
    for (std::size_t i = 0; i < count; ++i) {
        const auto code = rd_kafka_topic_result_error(answers[i]);
        if (code != RD_KAFKA_RESP_ERR_NO_ERROR && code != RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
            return kafkaError(code, "create topic " + topic.name, rd_kafka_topic_result_error_string(answers[i]));
    }
    return ok();
}

} // namespace millrace::kafka
