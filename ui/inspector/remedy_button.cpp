#include "inspector/remedy_button.h"

namespace millrace::studio {

namespace {
constexpr int kPadding = 30;
}

RemedyButton::RemedyButton(const QString& title, QWidget* parent) : QPushButton(title, parent), title_(title) {
    setObjectName(QStringLiteral("fixIt"));
    setProperty("look", "soft");
    setToolTip(title);
    setAccessibleName(title);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

QSize RemedyButton::sizeHint() const {
    return {fontMetrics().horizontalAdvance(title_) + kPadding, QPushButton::sizeHint().height()};
}

void RemedyButton::resizeEvent(QResizeEvent* event) {
    QPushButton::resizeEvent(event);
    setText(fontMetrics().elidedText(title_, Qt::ElideMiddle, width() - kPadding + 2));
}

} // namespace millrace::studio
