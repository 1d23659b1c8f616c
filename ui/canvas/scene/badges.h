#pragma once

#include "look/icons.h"
#include "topology/text/diagnostic.h"

#include <QList>
#include <QString>

#include <optional>

namespace millrace::canvas {

/// What is known of a node beside its state.
struct BadgeFacts {
    std::optional<topology::Severity> worst; ///< of its problems; absent: it has none
    bool edited = false;                     ///< differs from what runs
};

/// The signs that a node carries, the weightiest first. A new one is one row of the table in the source, and what it
/// needs to know a member of BadgeFacts.
QList<look::Glyph> badgesOf(const BadgeFacts& facts);
/// What they mean, a line each; a sign that others explain better (a problem has its own words) has none.
QString badgeWords(const BadgeFacts& facts);

} // namespace millrace::canvas
