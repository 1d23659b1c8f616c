#include "canvas/view/rename_editor.h"

#include <QKeyEvent>
#include <QStyle>

#include <algorithm>

namespace millrace::canvas {

RenameEditor::RenameEditor(QWidget* viewport) : QLineEdit(viewport) {
    setObjectName(QStringLiteral("renameEditor"));
    setAccessibleName(tr("New name"));
    hide();
}

void RenameEditor::open(const QRect& place, const QString& name, std::function<bool(const QString&)> accept) {
    name_ = name;
    accept_ = std::move(accept);
    setProperty("invalid", false);
    style()->polish(this);
    setText(name);
    this->place(place);
    show();
    raise();
    setFocus();
    selectAll();
}

void RenameEditor::place(const QRect& place) {
    setGeometry(place.x(), place.y(), std::max(place.width(), 120), sizeHint().height());
}

void RenameEditor::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Escape:
        accept_ = nullptr;
        hide();
        parentWidget()->parentWidget()->setFocus();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter: return finish(false);
    default: QLineEdit::keyPressEvent(event);
    }
}

void RenameEditor::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    // A context menu of the field itself is no leaving.
    if (event->reason() != Qt::PopupFocusReason && isVisible()) finish(true);
}

void RenameEditor::finish(bool leaving) {
    if (!accept_) return;
    const QString name = text().trimmed();
    const auto accept = std::exchange(accept_, nullptr);
    if (name != name_ && !name.isEmpty() && !accept(name) && !leaving) {
        accept_ = accept;
        setProperty("invalid", true);
        style()->unpolish(this);
        style()->polish(this);
        return;
    }
    hide();
    if (!leaving) parentWidget()->parentWidget()->setFocus();
}

} // namespace millrace::canvas
