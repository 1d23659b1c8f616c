#include "inspector/add_property_row.h"

#include "words/node_words.h"
#include "look/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>

namespace millrace::studio {

AddPropertyRow::AddPropertyRow(const PatternGroup& group, QWidget* parent)
    : QWidget(parent),
      pattern_(group.pattern),
      prefix_(group.prefix),
      rest_(new QLineEdit(this)),
      button_(new QPushButton(tr("Add"), this)) {
    setObjectName(QStringLiteral("add:") + pattern_);
    auto* label = new QLabel(pattern_, this);
    label->setProperty("look", "second");
    label->setToolTip(helpText(group.spec->help));
    rest_->setObjectName(QStringLiteral("newName"));
    rest_->setFont(look::fixedFont());
    rest_->setPlaceholderText(pattern_.mid(prefix_.size()));
    rest_->setAccessibleName(tr("Name of the new property %1").arg(pattern_));
    button_->setObjectName(QStringLiteral("addProperty"));
    button_->setEnabled(false);
    auto* row = new QHBoxLayout;
    row->setSpacing(look::measure::kSpace2);
    row->addWidget(rest_, 1);
    row->addWidget(button_);
    auto* box = new QVBoxLayout(this);
    box->setContentsMargins(16, 0, 0, look::measure::kSpace3);
    box->setSpacing(2);
    box->addWidget(label);
    box->addLayout(row);
    connect(rest_, &QLineEdit::textChanged, this, [this] { button_->setEnabled(!key().isEmpty()); });
    connect(rest_, &QLineEdit::returnPressed, this, &AddPropertyRow::add);
    connect(button_, &QPushButton::clicked, this, &AddPropertyRow::add);
}

QString AddPropertyRow::key() const {
    const QString rest = rest_->text().trimmed();
    static const QRegularExpression unfit(QStringLiteral("[\\s=:#!]"));
    if (rest.isEmpty() || rest.contains(unfit)) return {};
    return rest.startsWith(prefix_) ? rest : prefix_ + rest;
}

void AddPropertyRow::add() {
    const QString wantedKey = key();
    if (wantedKey.isEmpty()) return;
    rest_->clear();
    emit wanted(wantedKey);
}

} // namespace millrace::studio
