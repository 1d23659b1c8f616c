#pragma once

#include <QFont>
#include <QFontMetricsF>

namespace millrace::canvas {

/// A font of the drawing with its measures. Finding one costs a look at the font system, so each is made once.
struct DrawingFont {
    DrawingFont(double px, QFont::Weight weight);
    QFont font;
    QFontMetricsF metrics;
    double ascent;
};

/// `px`: scene units at 100 %, in steps of an eighth. The reference holds until forgetDrawingFonts(). GUI thread only.
const DrawingFont& drawingFont(double px, QFont::Weight weight = QFont::Normal);
/// After the font of the application has changed.
void forgetDrawingFonts();

} // namespace millrace::canvas
