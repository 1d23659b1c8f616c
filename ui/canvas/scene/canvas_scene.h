#pragma once

#include "canvas/paint/sprite_cache.h"
#include "canvas/scene/drawing_update.h"
#include "canvas/scene/face_keeper.h"
#include "canvas/scene/frame_item.h"
#include "canvas/scene/ghost_layer.h"
#include "canvas/scene/live_faces.h"
#include "canvas/scene/node_item.h"
#include "canvas/scene/overlay_layer.h"
#include "canvas/scene/rect_grid.h"
#include "canvas/scene/scene_hits.h"
#include "canvas/scene/wire_layer.h"

#include <QGraphicsScene>
#include <QSet>

namespace millrace::studio {
class DocumentStore;
class RunController;
struct GraphDelta;
}

namespace millrace::canvas {

/// The drawing of the open document as items, kept in step with the document, the selection and what runs. It changes
/// nothing itself.
class CanvasScene : public QGraphicsScene {
    Q_OBJECT
public:
    /// Both must outlive the scene; `run` may be null.
    CanvasScene(studio::DocumentStore& store, studio::RunController* run, QObject* parent = nullptr);
    ~CanvasScene() override;

    const Drawing& drawing() const { return drawing_; }
    WireLayer& wires() { return *wires_; }
    const LiveFaces& live() const { return live_; }
    const NodeItem* node(const QString& id) const { return nodes_.value(id); }
    const FrameItem* frame(const QString& id) const { return frames_.value(id); }
    const QHash<QString, NodeItem*>& nodes() const { return nodes_; }

    /// What lies where; `pixels`: px of the screen per scene unit.
    SceneHits hits(double pixels = 1) const { return {{*this, nodes_, frames_, drawing_}, pixels}; }

    /// Where a node or an agent's frame stands, as the file says it or would; null for what has no place of its own.
    std::optional<QPointF> placeOf(const QString& id) const;
    /// Of all nodes and agents of the document.
    QHash<QString, QPointF> places() const;
    /// Shows nodes and agents elsewhere without changing the document; frames, groups and wires follow.
    void showAt(const QHash<QString, QPointF>& places);
    /// Back to what the document says.
    void showAsWritten();
    /// All nodes that are not in `fitting` step back; empty optional: none does.
    void dimAllBut(const std::optional<QSet<QString>>& fitting);
    void setTargetFrame(const QString& agentId);

    /// The nodes and agents whose places change when `ids` are dragged: an agent brings its parts, a group its sinks.
    QStringList movedWith(const QSet<QString>& ids) const;
    /// The frame of that id is a sink group's.
    bool isGroup(const QString& id) const { return frame(id) && frame(id)->kind() == FrameItem::Kind::group; }
    /// The ghost behind an id; null when it is none.
    const Ghost* ghost(const QString& id) const { return ghosts_.find(id); }
    QRectF contentBounds() const;
    /// How much has been made so far; tests count by it.
    struct Work {
        std::int64_t items = 0;  ///< of nodes, frames, groups and wires that became other than they were
        std::int64_t faces = 0;  ///< of nodes
        std::int64_t routes = 0; ///< of wires
    };
    Work work() const { return {items_, keeper_.made(), wires_->laid()}; }
    /// Texts and pictures are made anew (theme, language, font).
    void restyle();

signals:
    void rebuilt(); ///< the document has changed: items may have come, gone or moved

private:
    void documentChanged(const topology::Edit& edit, const studio::GraphDelta& delta);
    void rebuild();
    void redraw(Drawing next);
    /// Of the drawing, which is so already, into the items.
    void take(const DrawingChange& change);
    /// Gives a node what it shows; from where to where it has moved, if it has.
    std::vector<QRectF> takeNode(const DrawnNode& drawn);
    void fitBounds();
    void syncNodes();
    void syncFrames();
    /// What lies where, and which frame or group goes along with what.
    void syncIndex();
    void syncSelection();
    void followRun(studio::RunController& run);
    /// Frames and groups around what is in them; `places` of agents are in force instead of what is written.
    void fitFrames(const QHash<QString, QPointF>& places);
    std::optional<WireEnd> wireEnd(const QString& id) const;
    void renameItems(const topology::Edit& edit);

    studio::DocumentStore& store_;
    studio::RunController* run_;
    LiveFaces live_;
    SpriteCache sprites_;
    ComputedPlaces places_;
    Drawing drawing_;
    bool displaced_ = false; ///< items may stand elsewhere than `drawing_` says
    QHash<QString, NodeItem*> nodes_; ///< ghosts too
    QHash<QString, FrameItem*> frames_;
    RectGrid grid_;                                 ///< the nodes as they are shown
    GhostLayer ghosts_;
    QHash<QString, std::size_t> frameOf_, groupOf_; ///< indexes into the drawing, by part or agent and by sink
    WireLayer* wires_;
    OverlayLayer* overlay_;
    FaceKeeper keeper_;
    std::int64_t items_ = 0; ///< that became other than they were
};

} // namespace millrace::canvas
