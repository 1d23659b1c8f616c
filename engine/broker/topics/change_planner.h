#pragma once

#include "base/random.h"
#include "broker/cluster/cluster_metadata.h"
#include "broker/settings/broker_settings.h"
#include "broker/topics/topic_change.h"

#include <variant>

namespace millrace::broker {

/// Says what wishes come to, or why they cannot be: one planner for the changes that are asked for together, of which
/// each topic may have one. Changes nothing. What it was made of outlives it.
class ChangePlanner {
public:
    ChangePlanner(const ClusterMetadata& metadata, const BrokerSettings& settings, Random& random)
        : metadata_(metadata), settings_(settings), random_(random) {}

    using Planned = std::variant<TopicDelta, Refusal>;
    Planned plan(const TopicChange& change);

private:
    Planned plan(const CreateTopic& wish);
    Planned plan(const GrowTopic& wish) const;
    Planned plan(const RemoveTopic& wish) const;
    Planned plan(const ConfigureTopic& wish) const;
    Refusal checkNewName(const std::string& name) const;

    const ClusterMetadata& metadata_;
    const BrokerSettings& settings_;
    Random& random_;
    TopicNames asked_; ///< of the changes that were planned, and of the one that is
};

} // namespace millrace::broker
