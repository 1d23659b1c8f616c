#pragma once

#include <optional>
#include <string>
#include <string_view>

/// The ids of nodes and what stands in them: "agent/A", "A/sources/S", "A/channels/C", "A/sinks/K", "cluster/C",
/// "traffic/T", "topic/CLUSTER/NAME". Names hold no slash; a topic's cluster may be HOST:PORT.
namespace millrace::session {

/// "web" of "web/sources/access".
inline std::string agentOf(const std::string& nodeId) {
    return nodeId.substr(0, nodeId.find('/'));
}

/// "sources" of "web/sources/access"; empty for what is no component of an agent.
inline std::string_view componentKind(std::string_view nodeId) {
    const auto first = nodeId.find('/');
    const auto second = first == std::string_view::npos ? first : nodeId.find('/', first + 1);
    if (second == std::string_view::npos || nodeId.starts_with("topic/")) return {};
    return nodeId.substr(first + 1, second - first - 1);
}

struct TopicId {
    std::string cluster, topic;
};
/// Absent: not "topic/CLUSTER/NAME".
inline std::optional<TopicId> topicOf(std::string_view nodeId) {
    constexpr std::string_view kTopic = "topic/";
    if (!nodeId.starts_with(kTopic)) return std::nullopt;
    const std::string_view rest = nodeId.substr(kTopic.size());
    const auto slash = rest.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    return TopicId{std::string(rest.substr(0, slash)), std::string(rest.substr(slash + 1))};
}

} // namespace millrace::session
