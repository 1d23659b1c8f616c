#include "broker/cluster/cluster_metadata.h"

namespace millrace::broker {

ClusterMetadata::TopicPtr ClusterMetadata::find(const std::string& name) const {
    const auto it = byName_.find(name);
    return it == byName_.end() ? nullptr : it->second;
}

ClusterMetadata::TopicPtr ClusterMetadata::find(const wire::Uuid& id) const {
    const auto it = byId_.find(id);
    return it == byId_.end() ? nullptr : it->second;
}

Status ClusterMetadata::checkNewName(const std::string& name) const {
    MILLRACE_TRY(checkTopicName(name));
    if (const std::string* other = names_.lookalike(name)) return lookalikeError(name, *other);
    return ok();
}

void ClusterMetadata::put(TopicPtr topic) {
    remove(topic->name);
    ++revision_;
    names_.add(topic->name);
    byId_[topic->id] = topic;
    byName_[topic->name] = std::move(topic);
}

void ClusterMetadata::remove(const std::string& name) {
    const auto node = byName_.extract(name);
    if (!node) return;
    ++revision_;
    byId_.erase(node.mapped()->id);
    names_.remove(node.key());
}

} // namespace millrace::broker
