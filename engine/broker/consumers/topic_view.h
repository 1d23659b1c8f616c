#pragma once

#include "broker/cluster/cluster_metadata.h"
#include "broker/consumers/consumer_group.h"

#include <map>
#include <memory>
#include <string>

namespace millrace::broker {

/// The topics of the cluster as groups of consumers see them. What patterns match is kept until topics change. One
/// thread, the loop's.
class TopicView {
public:
    /// `metadata` outlives it.
    explicit TopicView(const ClusterMetadata& metadata) : metadata_(metadata) {}

    /// Another number whenever topics may have changed.
    std::uint64_t revision() const { return metadata_.revision(); }
    /// Those that a member wants and that are there.
    TopicShapes wantedBy(const ConsumerMember& member) const;
    /// Those that any of the members wants.
    TopicShapes wantedBy(const ConsumerGroup& group) const;

private:
    using Names = std::shared_ptr<const std::set<std::string>>;
    Names matching(const std::string& regex) const;

    static constexpr std::size_t kPatternsKept = 1000;

    const ClusterMetadata& metadata_;
    mutable std::map<std::string, Names> matching_;
    mutable std::uint64_t matchedAt_ = 0;
};

} // namespace millrace::broker
