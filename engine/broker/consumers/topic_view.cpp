#include "broker/consumers/topic_view.h"

#include "broker/consumers/subscription_regex.h"

namespace millrace::broker {

namespace {

void addShape(TopicShapes& shapes, const ClusterMetadata& metadata, const std::string& name) {
    if (shapes.contains(name)) return;
    if (const auto topic = metadata.find(name)) shapes[name] = {topic->id, topic->partitionCount()};
}

} // namespace

TopicView::Names TopicView::matching(const std::string& regex) const {
    if (matchedAt_ != revision() || matching_.size() >= kPatternsKept) matching_.clear();
    matchedAt_ = revision();
    if (const auto known = matching_.find(regex); known != matching_.end()) return known->second;
    auto names = std::make_shared<std::set<std::string>>();
    // One that could not be compiled was refused when its member came with it.
    if (auto compiled = compileSubscription(regex))
        for (const auto& [name, topic] : metadata_.all())
            if (compiled->matches(name)) names->insert(name);
    return matching_[regex] = std::move(names);
}

TopicShapes TopicView::wantedBy(const ConsumerMember& member) const {
    TopicShapes shapes;
    for (const std::string& name : member.topics)
        addShape(shapes, metadata_, name);
    if (!member.regex.empty())
        for (const std::string& name : *matching(member.regex))
            addShape(shapes, metadata_, name);
    return shapes;
}

TopicShapes TopicView::wantedBy(const ConsumerGroup& group) const {
    TopicShapes shapes;
    std::set<std::string_view> patterns; // mostly all have the same
    for (const auto& [id, member] : group.members) {
        for (const std::string& name : member->topics)
            addShape(shapes, metadata_, name);
        if (member->regex.empty() || !patterns.insert(member->regex).second) continue;
        for (const std::string& name : *matching(member->regex))
            addShape(shapes, metadata_, name);
    }
    return shapes;
}

} // namespace millrace::broker
