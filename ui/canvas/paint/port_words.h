#pragma once

#include "canvas/paint/silhouette.h"

#include <QString>

namespace millrace::canvas {

/// What goes through a port, in a few words; empty for a shape without it.
QString portWords(Shape shape, bool out);

} // namespace millrace::canvas
