#include "inspector/property_field.h"

#include "words/messages.h"
#include "inspector/dot_button.h"
#include "words/node_words.h"
#include "inspector/remedy_button.h"
#include "look/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace millrace::studio {

namespace {

QLabel* wrapped(const char* look, QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setProperty("look", look);
    label->setWordWrap(true);
    label->setFont(look::uiFont(0.92));
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->hide();
    return label;
}

void clear(QLayout* layout) {
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->setParent(nullptr);
            widget->deleteLater(); // it may be the button that was just clicked
        }
        delete item;
    }
}

} // namespace

PropertyField::PropertyField(const FormField& field, const Offer& offer, QWidget* parent)
    : QWidget(parent),
      field_(field),
      dot_(new DotButton(this)),
      name_(new QLabel(this)),
      help_(wrapped("second", this)),
      facts_(wrapped("second", this)),
      editor_(makeValueEditor(field, offer, this)),
      problems_(new QVBoxLayout) {
    setObjectName(QStringLiteral("field:") + field.key);
    auto* title = new QHBoxLayout;
    title->setSpacing(0);
    title->addWidget(dot_);
    title->addWidget(name_, 1);
    auto* box = new QVBoxLayout(this);
    box->setContentsMargins(0, 0, 0, look::measure::kSpace3);
    box->setSpacing(2);
    box->addLayout(title);
    box->addWidget(editor_);
    box->addWidget(help_);
    box->addWidget(facts_);
    box->addLayout(problems_);
    problems_->setSpacing(look::measure::kSpace1);
    name_->setBuddy(editor_);
    name_->setTextFormat(Qt::PlainText);
    const QString help = field.spec ? helpText(field.spec->help) : QString();
    if (!help.isEmpty()) {
        help_->setText(help);
        name_->setToolTip(help);
    }
    // The keyboard goes to a part of the editor: that is what a screen reader reads out.
    QList<QWidget*> spoken = editor_->findChildren<QWidget*>();
    spoken.append(editor_);
    for (QWidget* part : std::as_const(spoken)) {
        if (part != editor_ && part->focusPolicy() == Qt::NoFocus) continue;
        part->setAccessibleName(field.key);
        part->setAccessibleDescription(help);
    }
    connect(dot_, &DotButton::clicked, this, &PropertyField::resetWanted);
    connect(editor_, &ValueEditor::edited, this, &PropertyField::edited);
    connect(editor_, &ValueEditor::entered, this, [this] {
        showHelp(true);
        emit entered();
    });
    connect(editor_, &ValueEditor::left, this, [this] {
        showHelp(false);
        emit left();
    });
    setField(field);
}

void PropertyField::showHelp(bool shown) {
    help_->setVisible(shown && !help_->text().isEmpty());
}

void PropertyField::setField(const FormField& field) {
    field_ = field;
    dot_->setState(field.state);
    QFont font = look::uiFont(1.0, field.state == ValueState::unset ? QFont::Normal : QFont::DemiBold);
    font.setStrikeOut(field.spec && field.spec->deprecated);
    name_->setFont(font);
    //: %1 is the name of a property that must be there
    name_->setText(field.spec && field.spec->required && field.state == ValueState::unset
                       ? tr("%1 (required)").arg(field.key)
                       : field.key);
    editor_->setField(field);
}

void PropertyField::setProblems(const std::vector<topology::Diagnostic>& problems) {
    QString shown;
    bool invalid = false;
    for (const topology::Diagnostic& problem : problems) {
        shown += QString::fromStdString(problem.node) + QLatin1Char(' ') + messageOf(problem) + QLatin1Char('\n');
        for (const topology::FixIt& fixIt : problem.fixIts)
            shown += titleOf(fixIt) + QLatin1Char('\n');
        invalid |= problem.severity != topology::Severity::information;
    }
    editor_->setInvalid(invalid);
    if (shown == shownProblems_) return;
    shownProblems_ = shown;
    clear(problems_);
    for (const topology::Diagnostic& problem : problems) {
        QLabel* label = wrapped(problem.severity == topology::Severity::information ? "second" : "problem", this);
        label->setObjectName(QStringLiteral("problem"));
        label->setText(messageOf(problem));
        label->show();
        problems_->addWidget(label);
        for (const topology::FixIt& fixIt : problem.fixIts) {
            auto* button = new RemedyButton(titleOf(fixIt), this);
            // The edit inside belongs to the text as it is now: by the time of the click it is looked up anew.
            connect(button, &QPushButton::clicked, this, [this, fixIt, node = QString::fromStdString(problem.node)] {
                emit fixWanted(node, fixIt);
            });
            problems_->addWidget(button);
        }
    }
}

void PropertyField::setFacts(const QString& facts) {
    if (facts_->text() != facts) facts_->setText(facts);
    facts_->setVisible(!facts.isEmpty());
}

void PropertyField::setReadOnly(bool readOnly) {
    editor_->setReadOnly(readOnly);
    if (readOnly) dot_->setEnabled(false);
}

void PropertyField::focusEditor() {
    (editor_->focusProxy() ? editor_->focusProxy() : editor_)->setFocus(Qt::OtherFocusReason);
}

} // namespace millrace::studio
