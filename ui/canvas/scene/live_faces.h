#pragma once

#include "canvas/paint/node_face.h"
#include "canvas/scene/badges.h"
#include "canvas/scene/drawing.h"
#include "canvas/scene/wire_layer.h"
#include "document/graph_difference.h"
#include "run/run_model.h"
#include "topology/text/diagnostic.h"

#include <QHash>
#include <QSet>

namespace millrace::studio {
class DocumentStore;
class RunController;
}
namespace millrace::session {
struct TopicSnapshot;
}

namespace millrace::canvas {

/// Whose faces may show something else than before; that of a wire with those of its ends, that of a frame with those of
/// its parts.
struct FaceNews {
    bool all = false;
    QSet<QString> nodes; ///< ids, those of frames too
};

/// Puts together what each thing on the canvas shows: the document's problems, the state and figures of what runs.
class LiveFaces {
public:
    /// `run` may be null: a drawing that never runs.
    LiveFaces(const studio::DocumentStore& store, const studio::RunController* run);

    FaceNews documentChanged(const studio::GraphDelta& delta);
    /// The problems of the document are known.
    FaceNews checked();
    /// What runs is another document than before, or now the one that is open.
    FaceNews appliedChanged();
    /// It runs or runs no more.
    void phaseChanged() { compareAll(); }
    /// What the newest snapshot tells.
    FaceNews snapshotChanged() const;
    /// Without `texts` figures and labels are empty: they cost the most and change the least.
    NodeFace face(const DrawnNode& node, bool texts = true) const;
    WireFace face(const DrawnWire& wire, bool texts = true) const;
    std::optional<look::Glyph> frameStatus(const DrawnFrame& frame) const;
    /// The weightiest of its badges.
    std::optional<look::Glyph> mark(const QString& id) const;
    /// Problems and last failure of a node, for hovering; empty when all is well.
    QString explanation(const QString& id) const;
    bool running() const;

    /// The topic as the runtime knows it; null when it does not.
    const session::TopicSnapshot* topic(const QString& nodeId) const;
    /// Where its records can be tapped: "topic/CLUSTER/NAME".
    QString topicTap(const QString& nodeId) const;
    /// The cluster of a topic of the document; empty when there is no such topic.
    std::string clusterOf(const QString& topicId) const { return topics_.value(topicId).cluster; }

private:
    struct Problems {
        topology::Severity worst = topology::Severity::information;
        std::vector<std::size_t> diagnostics; ///< of the document that was checked
    };
    struct TopicRef {
        std::string cluster, name;
    };
    FaceNews takeProblems();
    void readDocument();
    bool sameAsApplied() const;
    FaceNews compareAll();
    FaceNews compare(const std::vector<topology::NodeId>& changed);
    void componentFace(NodeFace& face, const DrawnNode& node, bool texts) const;
    void channelFigure(NodeFace& face, const DrawnNode& node, bool texts) const;
    void topicFace(NodeFace& face, const DrawnNode& node, bool texts) const;
    void clusterFace(NodeFace& face, const DrawnNode& node) const;
    std::optional<double> rateOf(const DrawnWire& wire) const;
    void subscription(WireFace& face, const DrawnWire& wire, bool texts) const;
    std::optional<double> fillOf(const QString& channel) const;
    BadgeFacts facts(const QString& id) const;

    const studio::DocumentStore& store_;
    const studio::RunController* run_;
    topology::Document checked_; ///< whose diagnostics `problems_` names
    QHash<QString, Problems> problems_;
    QSet<QString> edited_; ///< differ from what runs
    QHash<QString, int> feeders_; ///< sources of a channel
    QHash<QString, TopicRef> topics_; ///< of the document
    QHash<QString, double> trafficRates_;
    topology::Document applied_;  ///< the newest of which it was known that it runs
    topology::Document compared_; ///< with `applied_`, for `edited_`
};

/// "group store", "lag 41.2 k", "5.1 s": as much as is known.
QStringList subscriptionWords(const QString& group, const studio::TopicLag& lag);

} // namespace millrace::canvas
