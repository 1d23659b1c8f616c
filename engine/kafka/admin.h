#pragma once

#include "base/log.h"
#include "base/result.h"
#include "kafka/connection_config.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace millrace::kafka {

struct TopicPartition {
    std::string topic;
    std::int32_t partition = 0;
    auto operator<=>(const TopicPartition&) const = default;
};

struct TopicInfo {
    std::string name;
    std::int32_t partitions = 0;
};

struct GroupInfo {
    std::string name;
    std::string state; ///< "Stable", "Empty", … as the broker says
    std::size_t members = 0;
};

struct NewTopic {
    std::string name;
    std::int32_t partitions = 1;
    std::int32_t replication = -1; ///< -1: the cluster's default
    std::map<std::string, std::string> config;
};

using Offsets = std::map<TopicPartition, std::int64_t>;

struct PartitionInfo {
    std::int32_t id = 0;
    std::int32_t leader = -1; ///< -1: nobody leads it now
    std::vector<std::int32_t> replicas, inSync;
};

struct GroupMember {
    std::string id, clientId, host;
    std::vector<TopicPartition> assignment;
};
struct GroupDetail {
    std::string state;    ///< "Stable", "Empty", … ; "Dead" for one that there is not
    std::string assignor; ///< "range"; empty while there is none
    std::vector<GroupMember> members;
};

/// What settings belong to: a topic by its name or a broker by its number; a broker without a number is all of them.
struct ConfigOwner {
    enum class Kind { topic, broker };
    Kind kind = Kind::topic;
    std::string name;
};
struct ConfigValue {
    std::string name;
    std::optional<std::string> value; ///< absent: none, or not told
    std::string source;               ///< "default", "topic", "broker", "cluster", "static"
    bool readOnly = false;
    bool sensitive = false;
};
/// What is to be set, and, with no value, what is to go back to its default.
using ConfigChanges = std::map<std::string, std::optional<std::string>>;

/// What a cluster looks like from outside: for those that are not embedded. Each call waits at most `limit`; one
/// thread.
class Admin {
public:
    static Result<std::unique_ptr<Admin>> make(const ConnectionConfig& config, Log& log, std::string node);
    ~Admin();
    Admin(const Admin&) = delete;
    Admin& operator=(const Admin&) = delete;

    Result<std::vector<TopicInfo>> topics(std::chrono::milliseconds limit);
    Result<std::vector<GroupInfo>> groups(std::chrono::milliseconds limit);
    /// What the group has committed; partitions without a commit are left out.
    Result<Offsets> committed(const std::string& group, std::span<const TopicPartition> partitions,
                              std::chrono::milliseconds limit);
    /// The offset that the next record of each partition will get.
    Result<Offsets> ends(std::span<const TopicPartition> partitions, std::chrono::milliseconds limit);
    /// The offset of the oldest record of each partition.
    Result<Offsets> beginnings(std::span<const TopicPartition> partitions, std::chrono::milliseconds limit);
    /// The offset of the first record that is not older; partitions without such a record are left out.
    Result<Offsets> offsetsAt(std::span<const TopicPartition> partitions, std::int64_t timeMs,
                              std::chrono::milliseconds limit);
    /// Ok when the topic is there already, whatever its partitions.
    Status createTopic(const NewTopic& topic, std::chrono::milliseconds limit);
    /// Error alreadyExists when it is there.
    Status makeTopic(const NewTopic& topic, std::chrono::milliseconds limit);
    Status deleteTopic(const std::string& topic, std::chrono::milliseconds limit);
    /// `partitions`: how many it has then, more than it has.
    Status growTopic(const std::string& topic, std::int32_t partitions, std::chrono::milliseconds limit);
    /// In the order of their numbers. Error notFound when there is no such topic; none is made.
    Result<std::vector<PartitionInfo>> partitions(const std::string& topic, std::chrono::milliseconds limit);

    Result<GroupDetail> group(const std::string& group, std::chrono::milliseconds limit);
    /// Sets what the group has committed. Refused by the broker while it has members.
    Status commitFor(const std::string& group, const Offsets& offsets, std::chrono::milliseconds limit);
    /// Refused by the broker while it has members.
    Status deleteGroup(const std::string& group, std::chrono::milliseconds limit);

    /// By name.
    Result<std::vector<ConfigValue>> configs(const ConfigOwner& owner, std::chrono::milliseconds limit);
    /// Changes these and leaves the others that the owner has set itself; somebody else's change at the same moment may
    /// be lost. Refused where a password is set, which cannot be read to be left.
    Status changeConfigs(const ConfigOwner& owner, const ConfigChanges& changes, std::chrono::milliseconds limit);

private:
    struct Impl;
    explicit Admin(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace millrace::kafka
