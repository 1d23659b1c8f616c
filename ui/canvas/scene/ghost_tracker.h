#pragma once

#include "session/snapshot.h"
#include "topology/graph/graph.h"

#include <QString>

#include <map>
#include <set>
#include <vector>

namespace millrace::canvas {

/// A topic or consumer group that runs but is not in the file, or all those of a cluster for which there is no room.
/// Drawn dashed, never written.
struct Ghost {
    enum class Kind { topic, group, moreTopics, moreGroups };
    Kind kind{};
    /// "ghost/topic/CLUSTER/NAME", "ghost/group/CLUSTER/TOPIC/GROUP", "ghost/moreTopics/CLUSTER": no id of the document
    QString id;
    std::string cluster, topic, group;
    int count = 1; ///< how many it stands for
    bool operator==(const Ghost&) const = default;
};

/// Finds ghosts in snapshots and forgets those in which nothing has moved for ten minutes. No more than eight topics
/// and eight groups of a cluster stand for themselves, of an external cluster only topics that are read or written now:
/// it may hold hundreds that have nothing to do with the drawing.
class GhostTracker {
public:
    /// Topics first, then groups; groups only of topics that are drawn. `graph` is the document's.
    std::vector<Ghost> update(const session::Snapshot& snapshot, const topology::Graph& graph);
    void clear();

private:
    struct Seen {
        std::int64_t mark = 0;    ///< changes whenever something moves
        std::int64_t sinceUs = 0; ///< time of the last change
        bool moved = false;       ///< since it was first seen
    };
    struct Candidate {
        Ghost ghost;
        bool interesting = false;
    };
    using Candidates = std::map<std::string, std::vector<Candidate>>; ///< by cluster

    const Seen* fresh(const QString& id, std::int64_t mark, std::int64_t nowUs);
    Candidates topics(const session::Snapshot& snapshot, const topology::Graph& graph);
    Candidates groups(const session::Snapshot& snapshot, const topology::Graph& graph,
                      const std::vector<Ghost>& topics);
    void choose(Candidates& candidates, Ghost::Kind rest, const session::Snapshot& snapshot,
                std::vector<Ghost>& into) const;

    std::map<QString, Seen> seen_;
    std::set<QString> shown_; ///< the last time
};

} // namespace millrace::canvas
