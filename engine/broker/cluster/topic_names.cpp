#include "broker/cluster/topic_names.h"

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

Error lookalikeError(const std::string& name, const std::string& other) {
    return {ErrorCode::invalidArgument,
            fmt::format("topic name {} differs from topic {} in '.' and '_' only; choose another name", name, other)};
}

TopicNames::Key TopicNames::keyOf(const std::string& name) {
    Key key(name, name);
    std::replace(key.first.begin(), key.first.end(), '.', '_');
    return key;
}

const std::string* TopicNames::lookalike(const std::string& name) const {
    const Key key = keyOf(name);
    for (auto it = names_.lower_bound({key.first, {}}); it != names_.end() && it->first == key.first; ++it)
        if (it->second != name) return &it->second;
    return nullptr;
}

} // namespace millrace::broker
