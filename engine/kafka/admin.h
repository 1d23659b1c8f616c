#pragma once

#include "base/log.h"
#include "base/result.h"
#include "kafka/connection_config.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
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
    /// Ok when the topic is there already, whatever its partitions.
    Status createTopic(const NewTopic& topic, std::chrono::milliseconds limit);

private:
    struct Impl;
    explicit Admin(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace millrace::kafka
