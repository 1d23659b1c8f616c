#include "canvas/paint/caption_text.h"

#include <QPainter>

namespace millrace::canvas {

double CaptionText::fit(const QString& words, const DrawingFont& font, double room) {
    const bool same = words == words_ && font.ascent == ascent_ && font.font == font_;
    // All of it was shown and is to be shown again, or as little of it as before.
    if (same && (room == room_ || (natural_ <= room && natural_ <= room_))) return width_;
    if (!same) natural_ = font.metrics.horizontalAdvance(words);
    words_ = words;
    font_ = font.font;
    ascent_ = font.ascent;
    room_ = room;
    const bool fits = natural_ <= room;
    const QString shown = fits ? words : font.metrics.elidedText(words, Qt::ElideRight, room);
    width_ = fits ? natural_ : font.metrics.horizontalAdvance(shown);
    text_.setTextFormat(Qt::PlainText);
    text_.setPerformanceHint(QStaticText::AggressiveCaching);
    text_.setText(shown);
    text_.prepare(QTransform(), font_);
    return width_;
}

void CaptionText::draw(QPainter& painter, const QPointF& at) const {
    painter.setFont(font_);
    painter.drawStaticText(at - QPointF(0, ascent_), text_);
}

} // namespace millrace::canvas
