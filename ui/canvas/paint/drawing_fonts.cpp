#include "canvas/paint/drawing_fonts.h"

#include "look/theme.h"

#include <cmath>
#include <map>

namespace millrace::canvas {

namespace {

constexpr double kStepsPerPx = 8;

using Made = std::map<std::pair<int, int>, DrawingFont>;

Made& made() {
    static Made fonts;
    return fonts;
}

} // namespace

DrawingFont::DrawingFont(double px, QFont::Weight weight)
    : font(look::drawingFont(px, weight)), metrics(font), ascent(metrics.ascent()) {}

const DrawingFont& drawingFont(double px, QFont::Weight weight) {
    const int steps = std::max(1, static_cast<int>(std::lround(px * kStepsPerPx)));
    return made().try_emplace({steps, static_cast<int>(weight)}, steps / kStepsPerPx, weight).first->second;
}

void forgetDrawingFonts() {
    made().clear();
}

} // namespace millrace::canvas
