#include "shell/example_card.h"

#include "canvas/scene/thumbnail_painter.h"
#include "look/theme.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace millrace::studio {

namespace {
constexpr double kRadius = 14, kPictureShare = 0.58;
}

ExampleCard::ExampleCard(const Example& example, const topology::Document& document, QWidget* parent)
    : QAbstractButton(parent), document_(document) {
    setObjectName(QStringLiteral("example:") + example.name);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setExample(example);
    connect(&look::Theme::instance(), &look::Theme::changed, this, [this] {
        picture_ = {};
        update();
    });
}

void ExampleCard::setExample(const Example& example) {
    example_ = example;
    setText(example.title);
    setAccessibleName(example.title);
    setAccessibleDescription(example.summary);
    picture_ = {};
    update();
}

bool ExampleCard::event(QEvent* event) {
    if (event->type() == QEvent::Resize) picture_ = {};
    return QAbstractButton::event(event);
}

void ExampleCard::paintPicture(QPainter& painter, const QRectF& area) {
    if (picture_.isNull()) {
        picture_ = QPixmap((area.size() * devicePixelRatioF()).toSize());
        picture_.setDevicePixelRatio(devicePixelRatioF());
        picture_.fill(look::colours().canvas);
        QPainter inside(&picture_);
        inside.setRenderHint(QPainter::Antialiasing);
        canvas::ThumbnailPainter(document_).paint(inside,
                                                  QRectF(QPointF(0, 0), area.size()).adjusted(28, 20, -28, -20));
    }
    painter.drawPixmap(area.topLeft(), picture_);
}

void ExampleCard::paintEvent(QPaintEvent*) {
    const look::Colours& c = look::colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF card = QRectF(rect()).adjusted(1.5, 1.5, -1.5, -3.5);
    painter.setPen(Qt::NoPen);
    painter.setBrush(c.shadow);
    painter.drawRoundedRect(card.translated(0, 2), kRadius, kRadius);
    QPainterPath outline;
    outline.addRoundedRect(card, kRadius, kRadius);
    painter.save();
    painter.setClipPath(outline);
    painter.fillRect(card, c.raised);
    const QRectF area(card.left(), card.top(), card.width(), std::round(card.height() * kPictureShare));
    paintPicture(painter, area);
    painter.setPen(QPen(c.line, 1));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    painter.restore();
    // The card that Enter opens is outlined; the one under the mouse, which may be another, only stands out.
    painter.setPen(hasFocus() ? QPen(c.accent, 2) : QPen(underMouse() ? c.faint : c.line, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(outline);
    const QRectF words =
        QRectF(card.left() + 20, area.bottom() + 14, card.width() - 40, card.bottom() - area.bottom() - 20);
    painter.setFont(look::uiFont(1.12, QFont::DemiBold));
    painter.setPen(c.text);
    const double line = QFontMetricsF(painter.font()).height();
    painter.drawText(QRectF(words.topLeft(), QSizeF(words.width(), line)), Qt::AlignLeft | Qt::AlignVCenter,
                     example_.title);
    painter.setFont(look::uiFont(0.96));
    painter.setPen(c.second);
    painter.drawText(words.adjusted(0, line + 4, 0, 0), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                     example_.summary);
}

} // namespace millrace::studio
