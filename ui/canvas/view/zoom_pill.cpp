#include "canvas/view/zoom_pill.h"

#include "look/icons.h"
#include "look/numbers.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

namespace millrace::canvas {

ZoomPill::ZoomPill(QWidget* parent)
    : QFrame(parent), out_(new QToolButton(this)), fit_(new QToolButton(this)), in_(new QToolButton(this)) {
    setObjectName(QStringLiteral("zoomPill"));
    setProperty("look", QStringLiteral("card"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(1, 1, 1, 1);
    row->setSpacing(0);
    for (QToolButton* button : {out_, fit_, in_}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::NoFocus);
        button->setFixedHeight(28);
        button->setIconSize(QSize(12, 12));
        row->addWidget(button);
    }
    setStyleSheet(QStringLiteral("#zoomPill { border-radius: 7px; } "
                                 "QToolButton { border: none; background: transparent; border-radius: 6px; } "
                                 "QToolButton:hover { background: palette(window); }"));
    out_->setFixedWidth(38);
    fit_->setFixedWidth(56);
    in_->setFixedWidth(38);
    out_->setIcon(look::icon(look::Glyph::minus));
    in_->setIcon(look::icon(look::Glyph::plus));
    setFixedSize(134, 30);
    setCursor(Qt::ArrowCursor);
    connect(out_, &QToolButton::clicked, this, &ZoomPill::zoomOut);
    connect(in_, &QToolButton::clicked, this, &ZoomPill::zoomIn);
    connect(fit_, &QToolButton::clicked, this, &ZoomPill::zoomFit);
    retranslate();
}

void ZoomPill::showZoom(double zoom) {
    fit_->setText(look::percent(zoom));
}

void ZoomPill::retranslate() {
    out_->setToolTip(tr("Zoom out (Ctrl+−)"));
    in_->setToolTip(tr("Zoom in (Ctrl++)"));
    fit_->setToolTip(tr("Show everything (Ctrl+0)"));
    for (QToolButton* button : {out_, fit_, in_})
        button->setAccessibleName(button->toolTip());
}

void ZoomPill::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QFrame::changeEvent(event);
}

} // namespace millrace::canvas
