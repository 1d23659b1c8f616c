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

NoticeBar::NoticeBar(QWidget* parent)
    : QWidget(parent), glyph_(new QLabel(this)), label_(new QLabel(this)), close_(new QToolButton(this)), offers_(new QHBoxLayout) {
    setObjectName(QStringLiteral("notice"));
    setProperty("look", "notice");
    setAttribute(Qt::WA_StyledBackground);
    label_->setWordWrap(true);
    label_->setTextFormat(Qt::PlainText);
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
    label_->setText(text);
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
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

QString NoticeBar::text() const {
    return isHidden() ? QString() : label_->text();
}

} // namespace millrace::studio
