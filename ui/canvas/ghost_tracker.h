#pragma once

#include "session/snapshot.h"
#include "topology/graph.h"

#include <QString>

#include <map>
#include <vector>

namespace millrace::canvas {

/// A topic or consumer group that runs but is not in the file. Drawn dashed, never written.
struct Ghost {
    enum class Kind { topic, group };
    Kind kind{};
    QString id; ///< "ghost/topic/CLUSTER/NAME", "ghost/group/CLUSTER/TOPIC/GROUP": no id of the document
    std::string cluster, topic, group;
    bool operator==(const Ghost&) const = default;
};

/// Finds ghosts in snapshots and forgets those in which nothing has moved for ten minutes.
class GhostTracker {
public:
    /// Ghosts in the order of clusters, topics, groups. `graph` is the document's.
    std::vector<Ghost> update(const session::Snapshot& snapshot, const topology::Graph& graph);
    void clear() { seen_.clear(); }

private:
    struct Seen {
        std::int64_t mark = 0;    ///< changes whenever something moves
        std::int64_t sinceUs = 0; ///< time of the last change
    };
    bool fresh(const QString& id, std::int64_t mark, std::int64_t nowUs);
    std::map<QString, Seen> seen_;
};

} // namespace millrace::canvas
