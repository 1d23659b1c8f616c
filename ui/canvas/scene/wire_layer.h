#pragma once

#include "canvas/paint/detail.h"
#include "canvas/scene/drawing.h"

#include <QGraphicsItem>
#include <QHash>
#include <QLineF>
#include <QPolygonF>
#include <QSet>
#include <QStringList>

#include <functional>

namespace millrace::canvas {

/// What is known about a wire at this moment.
struct WireFace {
    std::optional<double> rate; ///< events a second; absent: not known or not running
    QStringList label;          ///< its parts: "group store", "lag 41.2 k", "5.1 s"; always shown
    bool worrying = false;      ///< the label reports a lag
    bool hot = false;           ///< its channel is almost full
    bool held = false;          ///< what comes after does not take: dots stand still
    bool operator==(const WireFace&) const = default;
};

/// All wires in one item, below the nodes and above the frames: drawn by style, hit by arithmetic.
class WireLayer : public QGraphicsItem {
public:
    enum { Type = UserType + 3 };
    /// Where a node is shown now; absent when it is not.
    using EndOf = std::function<std::optional<WireEnd>(const QString& id)>;
    /// Whether a node lies in a rectangle: labels keep off it.
    using Covered = std::function<bool(const QRectF&)>;
    explicit WireLayer(EndOf endOf, Covered covered);

    struct Strand {
        DrawnWire drawn;
        WireFace face;
        QPainterPath path;
        QPolygonF points;           ///< along the path, as near as the eye can tell
        std::vector<double> length; ///< of the way up to each point
        QRectF box;
        double phase = 0; ///< how far the dots have moved
        std::optional<std::pair<WireEnd, WireEnd>> ends; ///< that the path was laid for
        QPointF labelAt;  ///< where the label was painted last
        QSizeF labelSize; ///< scene units; empty: `labelAt` holds no longer
    };

    /// How many are other than before.
    int setWires(const std::vector<DrawnWire>& wires);
    /// The same wire, of another look. False: it is so already.
    bool setWire(std::size_t strand, const DrawnWire& wire);
    /// Everything that may be painted lies inside.
    void setBounds(const QRectF& bounds);
    /// After nodes moved: only the wires at them are laid anew.
    void reroute(const QSet<QString>& ids);
    void rerouteAll();
    /// After nodes moved from and to these places: labels that one of them covers now, or has set free, are painted
    /// elsewhere.
    void settleLabels(const std::vector<QRectF>& touched);
    void setFace(std::size_t strand, const WireFace& face);
    const std::vector<Strand>& strands() const { return strands_; }
    /// Those that begin or end at a node.
    QList<std::size_t> strandsAt(const QString& id) const { return at_.value(id); }
    /// How many routes have been laid so far; tests count by it.
    std::int64_t laid() const { return laid_; }

    /// The wire within `distance` of a point, the nearest first; -1 when there is none.
    int hit(const QPointF& point, double distance) const;
    void setHovered(int strand);
    int hovered() const { return hovered_; }
    void setChosen(int strand);
    int chosen() const { return chosen_; }
    /// A drop would go in here: the wire swells.
    void setSwollen(int strand);
    int swollen() const { return swollen_; }
    /// The wires that a straight cut goes through.
    QList<int> crossedBy(const QLineF& cut) const;

    /// Moves the dots by so many seconds. True when something moves.
    bool advance(double seconds);
    bool moves() const;
    /// Where the label of a strand stands; for tests and tooltips.
    QPointF middle(int strand) const;
    /// Where a label of this size stands: as near to the middle of its wire as no node is in the way.
    QPointF labelPlace(int strand, const QSizeF& size) const;

    int type() const override { return Type; }
    QRectF boundingRect() const override { return bounds_; }
    QPainterPath shape() const override { return {}; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void lay(Strand& strand);
    QPointF settledPlace(int index, const QSizeF& size);
    /// The place after so much of the way.
    static QPointF pointAt(const Strand& strand, double way);
    void paintStrands(QPainter& painter, const QRectF& exposed, Detail detail, double pixels);
    void paintStrand(QPainter& painter, const Strand& strand, Detail detail, double pixels, bool emphasised);
    void paintDots(QPainter& painter, const QRectF& exposed);
    void paintLabels(QPainter& painter, const QRectF& exposed, double pixels);
    void paintArrow(QPainter& painter, const Strand& strand, const QColor& colour);
    QStringList labelOf(int index) const;
    void updateStrand(int index);

    EndOf endOf_;
    Covered covered_;
    std::vector<Strand> strands_;
    QHash<QString, QList<std::size_t>> at_; ///< by the node at either end
    std::int64_t laid_ = 0;
    QRectF bounds_;
    int hovered_ = -1, chosen_ = -1, swollen_ = -1;
};

} // namespace millrace::canvas
