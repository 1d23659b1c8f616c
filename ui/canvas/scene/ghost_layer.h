#pragma once

#include "canvas/paint/node_face.h"
#include "canvas/scene/ghost_tracker.h"

#include <QHash>

class QGraphicsScene;

namespace millrace::studio {
class DocumentStore;
class RunController;
} // namespace millrace::studio

namespace millrace::canvas {

class FrameItem;
class LiveFaces;
class NodeItem;
class RectGrid;
class SpriteCache;
struct Drawing;

/// Topics and groups that run but are not in the file, as nodes of the scene: where they stand and what they say.
class GhostLayer {
public:
    /// What the ghosts stand among. All of it outlives the layer; their items come into `nodes` and `grid`.
    struct Surroundings {
        QGraphicsScene& scene;
        QHash<QString, NodeItem*>& nodes;
        const QHash<QString, FrameItem*>& frames;
        RectGrid& grid;
        const Drawing& drawing;
        SpriteCache& sprites;
    };
    /// `run` may be null: then there are none.
    GhostLayer(const studio::DocumentStore& store, const studio::RunController* run, const LiveFaces& live,
               const Surroundings& around);

    /// As the newest snapshot wants them.
    void sync();
    /// Out of the way of what else is drawn; after something has moved.
    void place();
    /// Their figures.
    void refresh();
    /// The run has ended: nothing of it is remembered.
    void forget() { tracker_.clear(); }
    const std::vector<Ghost>& all() const { return ghosts_; }
    /// Null when that is none.
    const Ghost* find(const QString& id) const;

private:
    NodeFace faceOf(const Ghost& ghost) const;

    const studio::DocumentStore& store_;
    const studio::RunController* run_;
    const LiveFaces& live_;
    Surroundings around_;
    GhostTracker tracker_;
    std::vector<Ghost> ghosts_;
};

} // namespace millrace::canvas
