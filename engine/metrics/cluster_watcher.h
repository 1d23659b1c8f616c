#pragma once

#include "base/log.h"
#include "base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace millrace::metrics {

/// What is known of a cluster that somebody else runs.
struct ClusterView {
    struct Offset {
        std::string topic;
        std::int32_t partition = 0;
        std::int64_t committed = 0;
        std::int64_t logEnd = 0;
    };
    struct Group {
        std::string name;
        std::string state;
        std::size_t members = 0;
        std::vector<Offset> offsets; ///< partitions without a commit are left out
    };
    bool reached = false;  ///< at least one answer has come
    std::string error;     ///< why the last look failed; empty when it succeeded
    std::vector<std::string> topics;
    std::vector<Group> groups;
};

/// Asks a cluster again and again, on a thread of its own, for topics, groups and how far the groups have read.
class ClusterWatcher {
public:
    virtual ~ClusterWatcher() = default; ///< may wait for the answer that is under way, at most two seconds
    virtual ClusterView view() const = 0; ///< the newest; any thread, never waits
};

/// `servers` is a bootstrap list; `log` outlives the watcher. Errors: the list cannot be used at all.
Result<std::unique_ptr<ClusterWatcher>> watchCluster(const std::string& servers, Log& log, const std::string& node);

} // namespace millrace::metrics
