#pragma once

#include "look/icons.h"

#include <QPainterPath>

namespace millrace::look {

/// Glyphs are drawn on a grid of 16 x 16.
inline constexpr double kGlyphGrid = 16;

struct GlyphShape {
    QPainterPath filled;  ///< holes by the odd-even rule
    QPainterPath stroked; ///< round caps and joins
    double width = 1.6;   ///< of the stroke, in grid units
};

/// Made once for the life of the program.
const GlyphShape& glyphShape(Glyph glyph);

} // namespace millrace::look
