#pragma once

#include "canvas/tools/pointer.h"

#include <QString>

namespace millrace::canvas {

/// What a press of the mouse takes hold of.
enum class Spot { paper, node, rim, title, wire };

/// Where a button went down.
struct Press {
    Pointer pointer;
    Qt::MouseButton button{};
    Spot spot{};
    QString id;         ///< of the node or frame; empty on paper and wires
    bool ghost = false; ///< the node was only seen at run time
    int strand = -1;
    QString port; ///< of a wire pressed near its end: the node there, from which a drag draws another
    bool fromOut = true;
};

} // namespace millrace::canvas
