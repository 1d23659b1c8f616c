#pragma once

#include "canvas/paint/drawing_fonts.h"

#include <QPointF>
#include <QStaticText>
#include <QString>

class QPainter;

namespace millrace::canvas {

/// One line of words, laid out and shortened once until the words, their font or their room change. GUI thread only.
class CaptionText {
public:
    /// Units of `room` are those of the font. Gives the width that the line takes.
    double fit(const QString& words, const DrawingFont& font, double room);
    /// With its beginning at `at`, on the baseline, in the painter's pen.
    void draw(QPainter& painter, const QPointF& at) const;
    /// The font may be another under the same name.
    void forget() { words_ = {}; }

private:
    QString words_;
    double natural_ = 0, room_ = 0, width_ = 0, ascent_ = 0; ///< `natural_`: of all words
    QFont font_;
    QStaticText text_;
};

} // namespace millrace::canvas
