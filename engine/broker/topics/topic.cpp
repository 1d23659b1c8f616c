#include "broker/topics/topic.h"

#include <fmt/core.h>

#include <algorithm>

namespace millrace::broker {

namespace {
constexpr std::size_t kMaxNameBytes = 249;

bool allowed(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
}
} // namespace

Status checkTopicName(std::string_view name) {
    const auto refused = [](std::string why) { return Error{ErrorCode::invalidArgument, std::move(why)}; };
    if (name.empty()) return refused("a topic needs a name");
    if (name == "." || name == "..") return refused(fmt::format("a topic cannot be named \"{}\"", name));
    if (name.size() > kMaxNameBytes)
        return refused(
            fmt::format("a topic name of {} characters; at most {} are allowed", name.size(), kMaxNameBytes));
    if (!std::all_of(name.begin(), name.end(), allowed))
        return refused("topic names consist of letters, digits, '.', '_' and '-'");
    return ok();
}

bool isInternalTopic(std::string_view name) {
    return name == "__consumer_offsets" || name == "__transaction_state" || name == "__share_group_state";
}

TopicSettings TopicSettings::from(const ConfigMap& topic, const ConfigMap& broker) {
    const auto text = [&](std::string_view name) {
        return effectiveTopicConfig(*findDefinition(topicConfigDefinitions(), name), topic, broker);
    };
    const auto number = [&](std::string_view name) { return configNumber(text(name)); };
    TopicSettings settings;
    settings.log.segmentBytes = static_cast<std::uint64_t>(number("segment.bytes"));
    settings.log.segmentMs = number("segment.ms");
    settings.log.retentionBytes = number("retention.bytes");
    settings.log.retentionMs = number("retention.ms");
    settings.log.indexIntervalBytes = static_cast<std::uint32_t>(number("index.interval.bytes"));
    // Retention by size and time belongs to "delete". A topic that is only compacted keeps everything: compaction is
    // not done here, and keeping more than the latest value of a key is what every reader of such a topic copes with.
    if (text("cleanup.policy").find("delete") == std::string::npos)
        settings.log.retentionBytes = settings.log.retentionMs = -1;
    settings.compacted = text("cleanup.policy").find("compact") != std::string::npos;
    settings.maxMessageBytes = static_cast<std::size_t>(number("max.message.bytes"));
    settings.logAppendTime = text("message.timestamp.type") == "LogAppendTime";
    settings.minInSyncReplicas = static_cast<std::int32_t>(number("min.insync.replicas"));
    settings.timestampBeforeMaxMs = number("message.timestamp.before.max.ms");
    settings.timestampAfterMaxMs = number("message.timestamp.after.max.ms");
    return settings;
}

} // namespace millrace::broker
