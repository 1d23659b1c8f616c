#include "inspector/choice_editors.h"

#include "inspector/switch_button.h"
#include "look/restyle.h"
#include "look/theme.h"

#include <QComboBox>
#include <QCompleter>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>

namespace millrace::studio {

namespace {

QHBoxLayout* bareRow(QWidget* owner) {
    auto* row = new QHBoxLayout(owner);
    row->setContentsMargins(0, 0, 0, 0);
    return row;
}

} // namespace

SwitchEditor::SwitchEditor(QWidget* parent) : ValueEditor(parent), switch_(new SwitchButton(this)) {
    switch_->setObjectName(QStringLiteral("value"));
    auto* row = bareRow(this);
    row->addWidget(switch_);
    row->addStretch(1);
    setFocusProxy(switch_);
    connect(switch_, &SwitchButton::clicked, this, [this](bool on) {
        emit entered();
        emit edited(on ? QStringLiteral("true") : QStringLiteral("false"));
        emit left();
    });
}

void SwitchEditor::setField(const FormField& field) {
    const bool unset = field.state == ValueState::unset;
    switch_->setFaint(unset || field.state == ValueState::mixed);
    switch_->setChecked((unset ? field.fallback : field.value).compare(QLatin1String("true"), Qt::CaseInsensitive) ==
                        0);
    switch_->setAccessibleName(field.key);
}

ChoiceEditor::ChoiceEditor(const QStringList& choices, Kind kind, QWidget* parent)
    : ValueEditor(parent), combo_(new QComboBox(this)), choices_(choices), kind_(kind) {
    combo_->setObjectName(QStringLiteral("value"));
    combo_->setFont(look::fixedFont());
    combo_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo_->setMinimumContentsLength(8);
    // Scrolling through the panel must not change values.
    combo_->setFocusPolicy(Qt::StrongFocus);
    combo_->installEventFilter(this);
    bareRow(this)->addWidget(combo_);
    setFocusProxy(combo_);
    if (kind == Kind::open) {
        combo_->setEditable(true);
        combo_->setInsertPolicy(QComboBox::NoInsert);
        combo_->addItems(choices);
        combo_->lineEdit()->setFont(look::fixedFont());
        combo_->lineEdit()->installEventFilter(this);
        combo_->lineEdit()->setObjectName(QStringLiteral("valueText"));
        combo_->completer()->setCompletionMode(QCompleter::PopupCompletion);
        connect(combo_->lineEdit(), &QLineEdit::textEdited, this, &ChoiceEditor::edited);
    }
    connect(combo_, &QComboBox::activated, this, [this](int index) {
        emit entered();
        emit edited(combo_->itemData(index).isValid() ? QString() : combo_->itemText(index));
        emit left();
    });
}

void ChoiceEditor::setField(const FormField& field) {
    const bool written = field.state == ValueState::set || field.state == ValueState::setToDefault;
    if (kind_ == Kind::open) {
        combo_->lineEdit()->setPlaceholderText(field.state == ValueState::mixed ? tr("‹mixed›") : field.fallback);
        if (combo_->currentText() != field.value) combo_->setEditText(field.value);
        return;
    }
    QStringList rows = choices_;
    if (written && !rows.contains(field.value)) rows.prepend(field.value);
    combo_->clear();
    // The row without a value of its own: choosing it takes the line out of the file.
    if (!written || !field.fallback.isEmpty())
        combo_->addItem(field.state == ValueState::mixed   ? tr("‹mixed›")
                        : field.fallback.isEmpty() ? tr("choose…")
                                                   : tr("%1 (default)").arg(field.fallback),
                        true);
    combo_->addItems(rows);
    combo_->setCurrentIndex(written ? combo_->findText(field.value) : 0);
}

void ChoiceEditor::setInvalid(bool invalid) {
    look::restyle(combo_, "invalid", invalid);
}

bool ChoiceEditor::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Wheel && !combo_->hasFocus()) {
        event->ignore();
        return true;
    }
    if (event->type() == QEvent::FocusIn) emit entered();
    if (event->type() == QEvent::FocusOut) emit left();
    return ValueEditor::eventFilter(watched, event);
}

ListEditor::ListEditor(const Offer& offer, QWidget* parent)
    : ValueEditor(parent), button_(new QPushButton(this)), offer_(offer) {
    button_->setObjectName(QStringLiteral("value"));
    button_->setProperty("look", "field");
    button_->setAutoDefault(false);
    button_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button_->setFont(look::fixedFont());
    bareRow(this)->addWidget(button_);
    setFocusProxy(button_);
    // Not the button's own menu: with one, style sheets leave its text no padding.
    auto* menu = new QMenu(this);
    connect(button_, &QPushButton::clicked, this, [this, menu] {
        fill(menu);
        menu->setMinimumWidth(button_->width());
        menu->popup(button_->mapToGlobal(button_->rect().bottomLeft()));
    });
}

void ListEditor::fill(QMenu* menu) {
    menu->clear();
    QStringList names = offer_.names;
    for (const QString& name : chosen_)
        if (!names.contains(name)) names.append(name);
    for (const QString& name : names) {
        QAction* action = menu->addAction(name);
        action->setCheckable(true);
        action->setChecked(chosen_.contains(name));
        connect(action, &QAction::toggled, this, [this, name](bool on) { toggle(name, on); });
    }
}

void ListEditor::toggle(const QString& name, bool on) {
    if (on)
        chosen_.append(name);
    else
        chosen_.removeAll(name);
    emit entered();
    emit edited(chosen_.join(offer_.separator));
    emit left();
}

void ListEditor::setField(const FormField& field) {
    static const QRegularExpression blanks(QStringLiteral("[\\s,]+"));
    chosen_ = field.value.split(blanks, Qt::SkipEmptyParts);
    if (field.state == ValueState::mixed)
        button_->setText(tr("‹mixed›"));
    else
        button_->setText(chosen_.isEmpty() ? tr("choose…") : chosen_.join(QLatin1Char(' ')));
    button_->setAccessibleName(field.key);
}

void ListEditor::setInvalid(bool invalid) {
    look::restyle(button_, "invalid", invalid);
}

} // namespace millrace::studio
