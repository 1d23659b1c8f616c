#pragma once

#include "look/icons.h"
#include "topology/graph/graph.h"

#include <QPainterPath>
#include <QPointF>
#include <QRectF>

#include <optional>

/// Outlines, sizes and ports of what is drawn: pure geometry, in scene units (px at 100 %).
namespace millrace::canvas {

/// The outline repeats the role, so that a small overview and a printed page read without colour.
enum class Shape { source, channel, sink, topic, cluster, traffic, note, ghostTopic, ghostGroup };

Shape shapeOf(topology::NodeKind kind);
look::Glyph glyphOf(Shape shape);
/// Size where the document gives none; a note's depends on its text.
QSizeF sizeOf(Shape shape, const QString& text = {});

/// The outline in `rect`: source open at its left, sink pointing right, channel a lying drum, topic square-cornered.
QPainterPath outline(Shape shape, const QRectF& rect);

/// Where wires end. Absent: no wire can be there.
std::optional<QPointF> inPort(Shape shape, const QRectF& rect);
std::optional<QPointF> outPort(Shape shape, const QRectF& rect);

inline constexpr double kPortRadius = 4.5;
/// Room that a node's picture takes beyond its rectangle: ports, selection, shadow.
inline constexpr double kOverhang = 8;
inline constexpr double kNoteWidth = 232, kGhostGroupHeight = 28;
/// Frame of an agent beyond its parts.
inline constexpr double kFrameSide = 24, kFrameTop = 46, kFrameBottom = 24, kFrameTitleHeight = 34;
inline constexpr double kGroupSide = 12, kGroupTop = 26, kGroupBottom = 12;

} // namespace millrace::canvas
