#pragma once

#include "broker/cluster/topic_metadata.h"
#include "broker/cluster/topic_names.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace millrace::broker {

/// The topics of the cluster, as every broker of it knows them: no disk, no logs. One thread, the loop's. A topic that
/// was found stays as it was then, however it changes here.
class ClusterMetadata {
public:
    using TopicPtr = std::shared_ptr<const TopicMetadata>;

    /// Null when there is none.
    TopicPtr find(const std::string& name) const;
    TopicPtr find(const wire::Uuid& id) const;
    const std::map<std::string, TopicPtr>& all() const { return byName_; }
    /// One more with each change.
    std::uint64_t revision() const { return revision_; }
    /// Whether a topic of this name, which is not there, could be: Kafka's rule for names, and that no other topic
    /// differs from it in '.' and '_' only.
    Status checkNewName(const std::string& name) const;

    /// Not null; in place of the topic that had its name.
    void put(TopicPtr topic);
    void remove(const std::string& name);

private:
    std::map<std::string, TopicPtr> byName_;
    std::map<wire::Uuid, TopicPtr> byId_;
    TopicNames names_; ///< of byName_
    std::uint64_t revision_ = 0;
};

} // namespace millrace::broker
