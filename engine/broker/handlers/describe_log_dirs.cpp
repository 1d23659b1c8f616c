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
void add(Directory& directory, const Topic& topic, const std::vector<std::int32_t>* indexes) {
    auto& answer = directory.topics.emplace_back();
    answer.name = topic.name;
    const std::set<std::int32_t> wanted =
        indexes ? std::set(indexes->begin(), indexes->end()) : std::set<std::int32_t>();
    for (const auto& partition : topic.partitions) {
        if (indexes && !wanted.contains(partition->index())) continue;
        answer.partitions.push_back(
            {partition->index(), static_cast<std::int64_t>(partition->log().sizeBytes()), 0, false});
    }
}
} // namespace

Answer<wire::DescribeLogDirsResponse> describeLogDirs(const wire::DescribeLogDirsRequest& request, const Call&,
                                                      Context& context) {
    wire::DescribeLogDirsResponse response;
    auto& directory = response.results.emplace_back();
    directory.logDir = context.dataDir.string();
    if (const auto usable = context.disk.freeBytes(context.dataDir))
        directory.usableBytes = static_cast<std::int64_t>(*usable);
    if (!request.topics) {
        for (const auto& [name, topic] : context.topics.all())
            add(directory, *topic, nullptr);
        return response;
    }
    const auto name = [](const Asked& asked) { return std::string_view(asked.topic); };
    for (const Asked* asked : distinct(*request.topics, name))
        if (const auto topic = context.topics.find(asked->topic)) add(directory, *topic, &asked->partitions);
    return response;
}

ApiRow describeLogDirsRow() {
    return rowOf<describeLogDirs>({Access::Resource::cluster, Access::Operation::describe});
}

} // namespace millrace::broker
