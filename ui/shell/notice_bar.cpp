#include "shell/notice_bar.h"

#include "look/icons.h"
#include "look/restyle.h"
#include "look/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace millrace::studio {

namespace {
constexpr int kLowWindow = 600;
}

NoticeBar::NoticeBar(QWidget* parent)
    : QWidget(parent), glyph_(new QLabel(this)), label_(new QLabel(this)), close_(new QToolButton(this)), offers_(new QHBoxLayout) {
    setObjectName(QStringLiteral("notice"));
    setProperty("look", "notice");
    setAttribute(Qt::WA_StyledBackground);
    label_->setObjectName(QStringLiteral("noticeText"));
    label_->setTextFormat(Qt::PlainText);
    label_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    close_->setObjectName(QStringLiteral("closeNotice"));
    close_->setProperty("look", "flat");
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(look::measure::kSpace5, look::measure::kSpace2, look::measure::kSpace2,
                            look::measure::kSpace2);
    row->setSpacing(look::measure::kSpace2);
    row->addWidget(glyph_, 0, Qt::AlignTop);
    row->addWidget(label_, 1);
    row->addLayout(offers_);
    row->addWidget(close_);
    connect(close_, &QToolButton::clicked, this, &QWidget::hide);
    connect(&look::Theme::instance(), &look::Theme::changed, this, [this] { setTone(tone_); });
    setTone(Tone::calm);
    translate();
    hide();
}

void NoticeBar::setTone(Tone tone) {
    constexpr int kGlyph = 18;
    tone_ = tone;
    look::restyle(this, "tone", tone == Tone::error ? QStringLiteral("error") : QString());
    glyph_->setVisible(tone == Tone::error);
    glyph_->setPixmap(look::icon(look::Glyph::invalid).pixmap(kGlyph));
    close_->setIcon(look::icon(look::Glyph::close));
}

void NoticeBar::withdraw(About about) {
    if (tells(about)) hide();
}

void NoticeBar::translate() {
    close_->setToolTip(tr("Close"));
    close_->setAccessibleName(tr("Close"));
}

void NoticeBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) translate();
}

void NoticeBar::setVisible(bool visible) {
    if (!visible) passFocusOn();
    QWidget::setVisible(visible);
}

void NoticeBar::passFocusOn() {
    if (heir_ && focusWidget() && focusWidget()->hasFocus()) heir_->setFocus();
}

void NoticeBar::tell(About about, const QString& text, const QList<Offer>& offers, Tone tone) {
    passFocusOn();
    about_ = about;
    setTone(tone);
    while (QLayoutItem* item = offers_->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    text_ = text;
    for (const Offer& offer : offers) {
        auto* button = new QPushButton(offer.text, this);
        button->setProperty("look", "soft");
        connect(button, &QPushButton::clicked, this, [this, act = offer.act] {
            hide();
            act();
        });
        offers_->addWidget(button);
    }
    show();
    fitText();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void NoticeBar::fitText() {
    const bool low = window()->height() < kLowWindow;
    label_->setWordWrap(!low);
    layout()->activate();
    const QString line = QString(text_).replace(QLatin1Char('\n'), QStringLiteral("   "));
    const QString shown = low ? label_->fontMetrics().elidedText(line, Qt::ElideRight, label_->width()) : text_;
    label_->setText(shown);
    label_->setToolTip(low && shown != line ? text_ : QString());
    label_->setAccessibleName(text_);
}

void NoticeBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitText();
}

QString NoticeBar::text() const {
    return isHidden() ? QString() : text_;
}

} // namespace millrace::studio
