#pragma once

#include "canvas/paint/silhouette.h"
#include "topology/document/document.h"

#include <QHash>
#include <QPainterPath>
#include <QRectF>
#include <QString>

#include <optional>
#include <vector>

namespace millrace::canvas {

/// Line style carries meaning, colour only repeats it.
enum class WireStyle {
    solid,     ///< event flow
    dashed,    ///< a Kafka consumer's subscription
    twin,      ///< replicating fan-out: each line gets every event
    dotted,    ///< fail-over candidate that waits for its turn
    made,      ///< from a traffic node: thin dashes
};

struct DrawnNode {
    QString id;
    topology::NodeKind kind{};
    Shape shape{};
    QRectF rect;
    QString name;
    QString typeLine; ///< "TAILDIR", "topic · 3 partitions"; a note's text stands in `name`
    QString frame;    ///< id of the agent it is part of; empty for what stands alone
    bool declared = true, implied = false;
    bool operator==(const DrawnNode&) const = default;
};

struct DrawnFrame {
    QString id, name;
    QString where; ///< "agent · this computer"
    QRectF rect;
    QStringList parts; ///< ids of the nodes inside
    std::optional<topology::Position> given; ///< what the file says about the agent
    bool operator==(const DrawnFrame&) const = default;
};

struct DrawnGroup {
    QString id, name;
    QString processor; ///< "failover", "load_balance", "default"
    QRectF rect;
    QStringList sinks;
    bool operator==(const DrawnGroup&) const = default;
};

struct DrawnWire {
    topology::Wire wire;
    QString from, to;
    WireStyle style{};
    bool betweenAgents = false; ///< carries its rate pill always
    bool operator==(const DrawnWire&) const = default;
};

/// What a document looks like: everything placed, nothing painted. Canvas, overview pictures and exports share it.
struct Drawing {
    std::vector<DrawnNode> nodes;
    std::vector<DrawnFrame> frames;
    std::vector<DrawnGroup> groups;
    std::vector<DrawnWire> wires;

    const DrawnNode* node(const QString& id) const;
    QRectF frameRect(const QString& id) const; ///< null when there is no such frame
    QRectF bounds() const;
    bool empty() const { return nodes.empty() && frames.empty(); }
    bool operator==(const Drawing&) const = default;
};

/// Places that were computed for nodes without one in the file. Kept while the document is open, so that a node stays
/// where it was seen when something else changes.
using ComputedPlaces = QHash<QString, QPointF>;

/// `computed` is read for nodes that have no place in the file and gets the places of the rest.
Drawing drawingOf(const topology::Document& document, ComputedPlaces& computed);

/// The frame around these parts; `given` is what the file says about the agent.
QRectF frameAround(const QRectF& parts, const std::optional<topology::Position>& given);
/// Where the first part of an agent without any would stand, when its frame has this upper left corner.
QRectF firstPartAt(const QPointF& corner);
QRectF groupAround(const QRectF& sinks);

/// One end of a wire: where its node stands now, and the frame around it (null when there is none).
struct WireEnd {
    Shape shape{};
    QRectF rect, frame;
    bool operator==(const WireEnd&) const = default;
};
QPainterPath wirePath(const WireEnd& from, const WireEnd& to);

} // namespace millrace::canvas
