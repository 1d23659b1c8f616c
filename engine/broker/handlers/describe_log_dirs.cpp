#include "wire/messages/describe_log_dirs.h"
#include "broker/common/distinct.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"

#include <set>
#include <string_view>

namespace millrace::broker {

namespace {
using Asked = wire::DescribeLogDirsRequest::Topic;
using Directory = wire::DescribeLogDirsResponse::Result;

/// `indexes` null: all of them.
void add(Directory& directory, const TopicMetadata& topic, const Replicas& replicas,
         const std::vector<std::int32_t>* indexes) {
    auto& answer = directory.topics.emplace_back();
    answer.name = topic.name;
    const std::set<std::int32_t> wanted =
        indexes ? std::set(indexes->begin(), indexes->end()) : std::set<std::int32_t>();
    for (const auto& [index, replica] : replicas.of(topic.id)) {
        if (indexes && !wanted.contains(index)) continue;
        answer.partitions.push_back({index, static_cast<std::int64_t>(replica->log().sizeBytes()), 0, false});
    }
}

void addTopics(Directory& directory, const wire::DescribeLogDirsRequest& request, const Context& context) {
    if (!request.topics) {
        for (const auto& [name, topic] : context.metadata.all())
            add(directory, *topic, context.replicas, nullptr);
        return;
    }
    const auto name = [](const Asked& asked) { return std::string_view(asked.topic); };
    for (const Asked* asked : distinct(*request.topics, name))
        if (const auto topic = context.metadata.find(asked->topic))
            add(directory, *topic, context.replicas, &asked->partitions);
}
} // namespace

/// The disk is asked on another thread: one that hangs must hold up nobody but who asks for this.
Answer<wire::DescribeLogDirsResponse> describeLogDirs(const wire::DescribeLogDirsRequest& request, const Call&,
                                                      Context& context) {
    const Pending<wire::DescribeLogDirsResponse> pending;
    context.lanes.slow.post([pending, request, &context] {
        const auto usable = context.disk.freeBytes(context.dataDir);
        context.loop.post([pending, request, &context, usable] {
            wire::DescribeLogDirsResponse response;
            auto& directory = response.results.emplace_back();
            directory.logDir = context.dataDir.string();
            if (usable) directory.usableBytes = static_cast<std::int64_t>(*usable);
            addTopics(directory, request, context);
            pending.complete(std::move(response));
        });
    });
    return pending;
}

ApiRow describeLogDirsRow() {
    return rowOf<describeLogDirs>({Access::Resource::cluster, Access::Operation::describe});
}

} // namespace millrace::broker
