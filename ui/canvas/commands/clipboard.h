#pragma once

#include "topology/document/document.h"

#include <QObject>
#include <QPointF>

#include <optional>
#include <string>
#include <vector>

namespace millrace::studio {
class DocumentStore;
}

namespace millrace::canvas {

class CanvasCommands;
class CanvasScene;

/// Copying and pasting of what is selected. The clipboard holds properties text, as it would stand in a file. Each
/// change is one undo step; a refusal comes as DocumentStore::refused(). GUI thread only.
class Clipboard : public QObject {
    Q_OBJECT
public:
    /// All of it outlives the object.
    Clipboard(studio::DocumentStore& store, CanvasScene& scene, CanvasCommands& commands, QObject* parent = nullptr);

    void copy();
    void cut();
    /// `at` = upper left corner of what is pasted, absent = a little beside the original. Parts copied here go into the
    /// agent at that place, else into the one they were copied from while it is there.
    void paste(std::optional<QPointF> at);
    void duplicate();

private:
    void pasteText(const QString& text, const QPointF& shift, const QString& label, const std::string& intoAgent);
    std::vector<topology::NodeId> selectedIds() const;
    topology::Document allPlaced(const std::vector<topology::NodeId>& ids) const;
    std::string agentForPaste(const QString& text, std::optional<QPointF> at) const;

    studio::DocumentStore& store_;
    CanvasScene& scene_;
    CanvasCommands& commands_;
    QString copiedParts_;  ///< the text that was copied here, when no whole agent is in it
    QString copiedAgents_; ///< the same with whole agents: it never goes into another
    int pastes_ = 0;       ///< of the same text, so that each lands beside the one before
};

} // namespace millrace::canvas
