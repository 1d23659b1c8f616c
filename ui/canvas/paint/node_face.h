#pragma once

#include "canvas/paint/silhouette.h"
#include "look/icons.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace millrace::canvas {

/// Parts of a text as one: "group store · lag 41.2 k · 5.1 s".
inline QString inOneLine(const QStringList& parts) {
    return parts.join(QStringLiteral(" · "));
}

enum class Tone { plain, quiet, wait, fail };

/// Everything that one node shows at this moment. Compared to decide whether anything has to be painted.
struct NodeFace {
    Shape shape{};
    QString name;
    QString typeLine;
    QString figure;
    QString shortFigure; ///< where there is room for few words; empty: `figure`
    Tone tone = Tone::plain;
    std::optional<look::Glyph> status; ///< upper right
    QList<look::Glyph> badges;         ///< over its upper edge, the weightiest first
    std::optional<double> fill;        ///< channels: 0 to 1
    QList<double> shares;              ///< topics: one bar a partition, 0 to 1 of the largest
    bool ghost = false;                ///< seen at run time, not in the file
    bool undeclared = false;           ///< properties exist, but Flume would ignore it
    bool operator==(const NodeFace&) const = default;
};

/// From here on a channel is drawn as almost full, and the wires into it are hot.
inline constexpr double kHotFill = 0.85;
/// The first tick of a channel's gauge.
inline constexpr double kNoticedFill = 0.6;

} // namespace millrace::canvas
