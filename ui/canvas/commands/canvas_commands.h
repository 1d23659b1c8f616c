#pragma once

#include "canvas/commands/add_catalogue.h"
#include "canvas/scene/drawing.h"
#include "topology/edits/edits.h"

#include <QObject>
#include <QPointF>
#include <QSet>

namespace millrace::studio {
class DocumentStore;
class RunController;
}

namespace millrace::canvas {

class CanvasScene;

/// What the gestures of the canvas do to the document: each is one undo step, and what runs is told at once. A refusal
/// comes as DocumentStore::refused().
class CanvasCommands : public QObject {
    Q_OBJECT
public:
    CanvasCommands(studio::DocumentStore& store, studio::RunController* run, CanvasScene& scene,
                   QObject* parent = nullptr);

    /// Adds a node whose middle is at `at` (scene units) and selects it: into the agent frame there, else with an agent
    /// of its own. `onWire`: joins the flow at that wire as far as Flume allows. `connectTo` (may be empty): is wired to
    /// that node when they fit. The new id; empty when refused.
    QString add(const PaletteItem& item, const QPointF& at, const topology::Wire* onWire = nullptr,
                const QString& connectTo = {});
    /// The same beside a node, on the side where the new one belongs, wired to it when they fit.
    QString addBeside(const PaletteItem& item, const QString& node);
    void connectNodes(const QString& from, const QString& to);
    /// Whether a wire between two nodes would lead out of the first; absent when none fits.
    std::optional<bool> wireLeadsOut(const QString& first, const QString& other) const;
    void disconnect(const topology::Wire& wire);
    void disconnect(const std::vector<topology::Wire>& wires);
    /// Deletes and connects the neighbours again where that is clear.
    void remove(const QSet<QString>& nodes);
    /// New places (upper left corners). Nodes that stood where the layout had put them are written too, so that the
    /// picture opens as it was left.
    void move(const QHash<QString, QPointF>& places);
    /// Parts of one agent become parts of another, at these places.
    void moveToAgent(const QString& agent, const QHash<QString, QPointF>& places);
    /// The same, each below the parts of its kind.
    void moveToAgent(const QString& agent, const QStringList& parts);
    /// The selected nodes when all are parts of agents.
    QStringList selectedParts() const;
    /// The agents that not all of these parts are of, as ids, in file order; none when there are no parts.
    QStringList otherAgents(const QStringList& parts) const;
    /// Whether a node fits to an end of a wire.
    bool canJoin(const QString& node, const topology::Wire& wire) const;
    /// Moves a node and joins it to the flow at that wire, as a new one would be by add().
    void moveOnto(const topology::Wire& wire, const QString& node, const QPointF& at);
    /// Moves what is selected by whole pixels; consecutive calls are one undo step.
    void nudge(const QPointF& by);
    bool rename(const QString& node, const QString& name);
    void group(const QStringList& sinks, const QString& processor);
    /// The selected nodes when they are two or more sinks of one agent.
    QStringList groupableSinks() const;
    /// `onlySelected`: only what is selected, which stays where it is as a whole.
    void tidyUp(bool onlySelected = false);
    /// Makes a topic that was only seen at run time part of the file.
    void adopt(const QString& ghostId);

    void selectAll();
    /// To the nodes that the wires of the selection lead to (or come from).
    void selectAlong(bool downstream);
    /// What runs is told of the document as it is.
    void applyNow();

private:
    void done(const QString& select);
    std::vector<topology::Move> movesTo(const QHash<QString, QPointF>& places) const;

    studio::DocumentStore& store_;
    studio::RunController* run_;
    CanvasScene& scene_;
    int nudgeId_;
    bool nudging_ = false;
};

} // namespace millrace::canvas
