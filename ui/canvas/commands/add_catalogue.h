#pragma once

#include "canvas/commands/palette_mime.h"
#include "catalog/component_spec.h"

#include <QList>

#include <functional>

namespace millrace::canvas {

/// One thing that can be put on the canvas.
struct AddChoice {
    PaletteItem item;
    QString title;        ///< "TAILDIR"
    QString group;        ///< "source": shown faint at the right, searched too
    QString help;         ///< what it is good for
    bool runsHere = true; ///< false: drawn and edited, but run by Apache Flume only
};

/// Which components this program can run itself.
using RunsHere = std::function<bool(const catalog::ComponentSpec&)>;

/// Everything of the catalog that can be a node, with topics, clusters, traffic and notes, in the language of now; what
/// runs here comes first, of each kind the commonest. An empty `runs`: everything does.
QList<AddChoice> addCatalogue(const catalog::Catalog& catalog, const RunsHere& runs = {});

} // namespace millrace::canvas
