#pragma once

#include "canvas/commands/add_catalogue.h"
#include "topology/document/document.h"

namespace millrace::canvas {

/// The choices that a wire drawn from that end of a node could lead to; all of them when there is no such node.
QList<AddChoice> fittingChoices(const topology::Document& document, const QList<AddChoice>& choices,
                                const QString& from, bool fromOut);

} // namespace millrace::canvas
