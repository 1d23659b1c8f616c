#include "inspector/line_editor.h"

#include "words/node_words.h"
#include "look/restyle.h"
#include "look/theme.h"

#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace millrace::studio {

namespace {

/// The unit sits inside the line's right edge.
void putUnit(QLineEdit* line, const QString& unit) {
    auto* label = new QLabel(unit, line);
    label->setProperty("look", "faint");
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, look::measure::kSpace3, 0);
    row->addStretch(1);
    row->addWidget(label);
    line->setTextMargins(0, 0, label->sizeHint().width() + look::measure::kSpace2, 0);
}

} // namespace

LineEditor::LineEditor(const catalog::PropertySpec* spec, QWidget* parent)
    : ValueEditor(parent), line_(new QLineEdit(this)) {
    line_->setObjectName(QStringLiteral("value"));
    line_->setProperty("look", "fixed");
    line_->setFont(look::fixedFont());
    if (spec && spec->type == catalog::PropertyType::password) line_->setEchoMode(QLineEdit::PasswordEchoOnEdit);
    if (spec && !spec->unit.empty()) putUnit(line_, unitText(spec->unit));
    auto* box = new QVBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    box->addWidget(line_);
    setFocusProxy(line_);
    line_->installEventFilter(this);
    connect(line_, &QLineEdit::textEdited, this, &LineEditor::edited);
    connect(line_, &QLineEdit::returnPressed, this, &LineEditor::left);
}

void LineEditor::setField(const FormField& field) {
    line_->setPlaceholderText(field.state == ValueState::mixed ? tr("‹mixed›") : field.fallback);
    // The cursor of someone who types stays where it is.
    if (line_->text() != field.value) line_->setText(field.value);
    QFont font = look::fixedFont();
    font.setItalic(field.state == ValueState::unset || field.state == ValueState::mixed);
    if (line_->font() != font) line_->setFont(font);
}

void LineEditor::setInvalid(bool invalid) {
    look::restyle(line_, "invalid", invalid);
}

void LineEditor::setReadOnly(bool readOnly) {
    line_->setReadOnly(readOnly);
}

bool LineEditor::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn) emit entered();
    if (event->type() == QEvent::FocusOut) emit left();
    return ValueEditor::eventFilter(watched, event);
}

} // namespace millrace::studio
