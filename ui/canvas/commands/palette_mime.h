#pragma once

#include "topology/graph/graph.h"

#include <QMimeData>
#include <QString>

#include <optional>

namespace millrace::canvas {

/// What is dragged from the palette: a kind and a type, as UTF-8 "source:TAILDIR", "topic:", "cluster:embedded",
/// "traffic:weblog", "note:".
inline constexpr char kPaletteMime[] = "application/x-millrace-node";

struct PaletteItem {
    topology::NodeKind kind{};
    QString type; ///< catalog alias or class, traffic or cluster kind; may be empty
    bool operator==(const PaletteItem&) const = default;
};

/// The caller owns the result (QDrag takes it).
QMimeData* toMime(const PaletteItem& item);
/// Absent when the data is none of ours.
std::optional<PaletteItem> fromMime(const QMimeData* data);

} // namespace millrace::canvas
