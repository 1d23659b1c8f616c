#pragma once

#include "canvas/scene/live_faces.h"

#include <QElapsedTimer>
#include <QHash>
#include <QSet>
#include <QTimer>

namespace millrace::canvas {

class FrameItem;
class NodeItem;

/// Gives the items of a scene the faces that LiveFaces puts together: of a change only those that have news.
class FaceKeeper {
public:
    /// Whose faces they are. All of it outlives the keeper. `frameOf`: indexes into the drawing's frames by the ids of
    /// the frames and of their parts.
    struct Items {
        const Drawing& drawing;
        const QHash<QString, NodeItem*>& nodes;
        const QHash<QString, FrameItem*>& frames;
        const QHash<QString, std::size_t>& frameOf;
        WireLayer& wires;
    };
    /// `owner` gets the clock as a child.
    FaceKeeper(const LiveFaces& live, const Items& items, QObject& owner);

    void refreshAll() { refresh({.all = true, .nodes = {}}); }
    void refresh(const FaceNews& news);
    /// What the newest snapshot tells. Texts follow at most four times a second: one that changes faster cannot be
    /// read.
    void takeSnapshot();
    /// Faces of nodes that have been put together so far; tests count by it.
    std::int64_t made() const { return made_; }

private:
    void refresh(const FaceNews& news, bool texts);
    void refreshNode(NodeItem& item, bool texts);
    void refreshFrame(const DrawnFrame& frame);
    void refreshWire(std::size_t strand, bool texts);
    void blink();

    const LiveFaces& live_;
    Items items_;
    std::int64_t made_ = 0;
    QElapsedTimer sinceTexts_;
    FaceNews late_;              ///< whose texts have to follow
    QHash<QString, int> blinks_; ///< half periods that are left
    QTimer blinkClock_;
};

} // namespace millrace::canvas
