#include "shell/notice_bar.h"

#include "look/icons.h"
#include "look/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace millrace::studio {

NoticeBar::NoticeBar(QWidget* parent)
    : QWidget(parent), label_(new QLabel(this)), close_(new QToolButton(this)), offers_(new QHBoxLayout) {
    setObjectName(QStringLiteral("notice"));
    setProperty("look", "notice");
    setAttribute(Qt::WA_StyledBackground);
    label_->setWordWrap(true);
    label_->setTextFormat(Qt::PlainText);
    close_->setObjectName(QStringLiteral("closeNotice"));
    close_->setProperty("look", "flat");
    close_->setIcon(look::icon(look::Glyph::close));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(look::measure::kSpace5, look::measure::kSpace2, look::measure::kSpace2,
                            look::measure::kSpace2);
    row->setSpacing(look::measure::kSpace2);
    row->addWidget(label_, 1);
    row->addLayout(offers_);
    row->addWidget(close_);
    connect(close_, &QToolButton::clicked, this, &QWidget::hide);
    translate();
    hide();
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

void NoticeBar::tell(const QString& text, const QList<Offer>& offers) {
    passFocusOn();
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
}

QString NoticeBar::text() const {
    return isHidden() ? QString() : label_->text();
}

} // namespace millrace::studio
