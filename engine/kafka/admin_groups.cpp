#include "kafka/admin_impl.h"

namespace millrace::kafka {

namespace {

std::string textOf(const char* text) {
    return text ? text : "";
}

GroupMember memberOf(const rd_kafka_MemberDescription_t* described) {
    GroupMember member;
    member.id = textOf(rd_kafka_MemberDescription_consumer_id(described));
    member.clientId = textOf(rd_kafka_MemberDescription_client_id(described));
    member.host = textOf(rd_kafka_MemberDescription_host(described));
    const auto* assignment = rd_kafka_MemberDescription_assignment(described);
    const auto* partitions = assignment ? rd_kafka_MemberAssignment_partitions(assignment) : nullptr;
    for (int i = 0; partitions && i < partitions->cnt; ++i)
        member.assignment.push_back({partitions->elems[i].topic, partitions->elems[i].partition});
    return member;
}

/// The first error of these answers, each about one group.
Status statusOf(const rd_kafka_group_result_t** answers, std::size_t count, const std::string& what) {
    for (std::size_t i = 0; i < count; ++i) {
        if (const auto* error = rd_kafka_group_result_error(answers[i]))
            return kafkaError(rd_kafka_error_code(error), what, rd_kafka_error_string(error));
        const auto* partitions = rd_kafka_group_result_partitions(answers[i]);
        for (int p = 0; partitions && p < partitions->cnt; ++p)
            if (const auto& each = partitions->elems[p]; each.err != RD_KAFKA_RESP_ERR_NO_ERROR)
                return kafkaError(each.err, what + ", " + each.topic + " partition " + std::to_string(each.partition));
    }
    return ok();
}

} // namespace

Result<GroupDetail> Admin::group(const std::string& group, std::chrono::milliseconds limit) {
    const char* names[] = {group.c_str()};
    const RdPtr<rd_kafka_queue_t> queue(rd_kafka_queue_new(impl_->handle.get()));
    const auto options = impl_->options(RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS, limit);
    rd_kafka_DescribeConsumerGroups(impl_->handle.get(), names, 1, options.get(), queue.get());
    const auto event = impl_->await(queue.get(), limit, "describe a group");
    if (!event) return event.error();
    std::size_t count = 0;
    const auto* result = rd_kafka_event_DescribeConsumerGroups_result(event->get());
    const auto** groups = result ? rd_kafka_DescribeConsumerGroups_result_groups(result, &count) : nullptr;
    if (count != 1) return impl_->failed(RD_KAFKA_RESP_ERR__BAD_MSG, "describe a group");
    if (const auto* error = rd_kafka_ConsumerGroupDescription_error(groups[0]))
        return kafkaError(rd_kafka_error_code(error), "group " + group, rd_kafka_error_string(error));
    GroupDetail detail;
    detail.state = rd_kafka_consumer_group_state_name(rd_kafka_ConsumerGroupDescription_state(groups[0]));
    detail.assignor = textOf(rd_kafka_ConsumerGroupDescription_partition_assignor(groups[0]));
    for (std::size_t i = 0; i < rd_kafka_ConsumerGroupDescription_member_count(groups[0]); ++i)
        detail.members.push_back(memberOf(rd_kafka_ConsumerGroupDescription_member(groups[0], i)));
    return detail;
}

Status Admin::commitFor(const std::string& group, const Offsets& offsets, std::chrono::milliseconds limit) {
    if (offsets.empty()) return ok();
    const RdPtr<rd_kafka_topic_partition_list_t> list(
        rd_kafka_topic_partition_list_new(static_cast<int>(offsets.size())));
    for (const auto& [where, offset] : offsets)
        rd_kafka_topic_partition_list_add(list.get(), where.topic.c_str(), where.partition)->offset = offset;
    const RdPtr<rd_kafka_AlterConsumerGroupOffsets_t> request(
        rd_kafka_AlterConsumerGroupOffsets_new(group.c_str(), list.get()));
    const RdPtr<rd_kafka_queue_t> queue(rd_kafka_queue_new(impl_->handle.get()));
    const auto options = impl_->options(RD_KAFKA_ADMIN_OP_ALTERCONSUMERGROUPOFFSETS, limit);
    rd_kafka_AlterConsumerGroupOffsets_t* requests[] = {request.get()};
    rd_kafka_AlterConsumerGroupOffsets(impl_->handle.get(), requests, 1, options.get(), queue.get());
    const auto event = impl_->await(queue.get(), limit, "set committed offsets");
    if (!event) return event.error();
    std::size_t count = 0;
    const auto* result = rd_kafka_event_AlterConsumerGroupOffsets_result(event->get());
    const auto** answers = result ? rd_kafka_AlterConsumerGroupOffsets_result_groups(result, &count) : nullptr;
    return statusOf(answers, count, "offsets of group " + group);
}

Status Admin::deleteGroup(const std::string& group, std::chrono::milliseconds limit) {
    const RdPtr<rd_kafka_DeleteGroup_t> request(rd_kafka_DeleteGroup_new(group.c_str()));
    const RdPtr<rd_kafka_queue_t> queue(rd_kafka_queue_new(impl_->handle.get()));
    const auto options = impl_->options(RD_KAFKA_ADMIN_OP_DELETEGROUPS, limit);
    rd_kafka_DeleteGroup_t* requests[] = {request.get()};
    rd_kafka_DeleteGroups(impl_->handle.get(), requests, 1, options.get(), queue.get());
    const auto event = impl_->await(queue.get(), limit, "delete a group");
    if (!event) return event.error();
    std::size_t count = 0;
    const auto* result = rd_kafka_event_DeleteGroups_result(event->get());
    const auto** answers = result ? rd_kafka_DeleteGroups_result_groups(result, &count) : nullptr;
    return statusOf(answers, count, "delete group " + group);
}

} // namespace millrace::kafka
