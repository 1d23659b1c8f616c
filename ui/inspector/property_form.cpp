#include "inspector/property_form.h"

#include "words/messages.h"
#include "document/document_store.h"
#include "document/merge_ids.h"
#include "run/run_controller.h"
#include "inspector/add_property_row.h"
#include "inspector/offered_names.h"
#include "words/node_words.h"
#include "inspector/property_field.h"
#include "look/numbers.h"
#include "look/theme.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <optional>

namespace millrace::studio {

namespace {

QString layoutKeyOf(const FormModel& model, const QSet<QString>& selection) {
    QStringList ids(selection.begin(), selection.end());
    ids.sort();
    QString key = ids.join(QLatin1Char(' ')) + QLatin1Char('|');
    const auto add = [&key](const QList<FormField>& fields) {
        for (const FormField& field : fields)
            key += field.key + QLatin1Char(field.spec ? ',' : '?');
        key += QLatin1Char('|');
    };
    add(model.shown);
    add(model.more);
    for (const PatternGroup& group : model.patterns)
        add(group.fields);
    add(model.unknown);
    return key;
}

/// What only the old kind of group knows (priorities of members) goes with it.
bool namesGroupType(const topology::Document& document, const topology::NodeId& id, std::string_view key) {
    const topology::Node* node = document.graph().find(id);
    return node && node->kind == topology::NodeKind::sinkGroup && key == "processor.type";
}

} // namespace

PropertyForm::PropertyForm(DocumentStore& store, RunController& run, QWidget* parent)
    : QWidget(parent), store_(store), run_(run), filter_(new QLineEdit(this)), scroll_(new QScrollArea(this)) {
    filter_->setObjectName(QStringLiteral("filterProperties"));
    filter_->setClearButtonEnabled(true);
    scroll_->setFocusPolicy(Qt::NoFocus); // its fields take the keyboard
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* box = new QVBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(look::measure::kSpace3);
    auto* inset = new QVBoxLayout;
    inset->setContentsMargins(look::measure::kSpace5, 0, look::measure::kSpace5, 0);
    inset->addWidget(filter_);
    box->addLayout(inset);
    box->addWidget(scroll_, 1);
    nameFilter();
    connect(filter_, &QLineEdit::textChanged, this, &PropertyForm::filter);
    connect(&store, &DocumentStore::changed, this, &PropertyForm::refresh);
    connect(&store, &DocumentStore::checked, this, &PropertyForm::showProblems);
    connect(&store, &DocumentStore::selectionChanged, this, &PropertyForm::refresh);
    connect(&run, &RunController::snapshotChanged, this, &PropertyForm::showFacts);
}

QList<const topology::Node*> PropertyForm::nodes() const {
    QList<const topology::Node*> found;
    for (const topology::Node& node : store_.graph().nodes)
        if (store_.selection().contains(QString::fromStdString(node.id))) found.append(&node);
    return found;
}

void PropertyForm::refresh() {
    const auto selected = nodes();
    if (selected.isEmpty()) {
        dropBody();
        layoutKey_.clear();
        pending_.clear(); // in another document a node may have the same id
        return;
    }
    FormModel model = buildForm(store_.document(), selected);
    addPending(model);
    const QString key = layoutKeyOf(model, store_.selection());
    if (key != layoutKey_) {
        if (!layoutKey_.startsWith(key.section(QLatin1Char('|'), 0, 0) + QLatin1Char('|'))) moreShown_ = false;
        layoutKey_ = key;
        rebuild(model);
    } else {
        const auto update = [this](const QList<FormField>& fields) {
            for (const FormField& field : fields)
                if (PropertyField* widget = fields_.value(field.key)) widget->setField(field);
        };
        update(model.shown);
        update(model.more);
        for (const PatternGroup& group : model.patterns)
            update(group.fields);
        update(model.unknown);
    }
    for (PropertyField* field : std::as_const(fields_))
        field->setReadOnly(store_.readOnly());
    showProblems();
    showFacts();
}

// A property without a value has no line in the file: its field waits here for the first letter.
void PropertyForm::addPending(FormModel& model) {
    const topology::Node* node = store_.selectedNode();
    if (!node || pendingFor_ != QString::fromStdString(node->id)) pending_.clear();
    pendingFor_ = node ? QString::fromStdString(node->id) : QString();
    for (const QString& key : std::as_const(pending_)) {
        if (node->property(key.toStdString())) continue;
        const auto* own = ownDeclarationOf(store_.document(), *node, key.toStdString());
        for (PatternGroup& group : model.patterns)
            if (group.spec == own)
                group.fields.append(
                    {key, declarationOf(store_.document(), *node, key.toStdString()), {}, {}, ValueState::unset});
    }
    // As when they have values: the field does not move at the first letter.
    std::stable_partition(model.patterns.begin(), model.patterns.end(),
                          [](const PatternGroup& group) { return !group.fields.isEmpty(); });
}

// The field that is just being typed in, or the button that was clicked, may be inside: it goes when it has returned.
void PropertyForm::dropBody() {
    for (PropertyField* field : std::as_const(fields_))
        field->blockSignals(true);
    fields_.clear();
    if (QWidget* old = scroll_->takeWidget()) old->deleteLater();
    body_ = nullptr;
    column_ = nullptr;
    moreButton_ = nullptr;
    nodeProblems_ = nullptr;
}

void PropertyForm::rebuild(const FormModel& model) {
    // A field that becomes set while it is typed in moves from one group to another: the cursor must not be lost.
    std::optional<QString> focused; // a key may be empty: `a1.sinks.x. = y`
    int cursor = -1;
    for (PropertyField* field : std::as_const(fields_))
        if (field->isAncestorOf(QApplication::focusWidget())) {
            focused = field->key();
            if (auto* line = qobject_cast<QLineEdit*>(QApplication::focusWidget())) cursor = line->cursorPosition();
        }
    const int scrolled = scroll_->verticalScrollBar()->value();
    const int merging = mergeId_;
    dropBody();
    body_ = new QWidget(scroll_);
    column_ = new QVBoxLayout(body_);
    column_->setContentsMargins(look::measure::kSpace5, 0, look::measure::kSpace5, look::measure::kSpace4);
    column_->setSpacing(0);
    nodeProblems_ = new QLabel(body_);
    nodeProblems_->setObjectName(QStringLiteral("nodeProblems"));
    nodeProblems_->setProperty("look", "problem");
    nodeProblems_->setWordWrap(true);
    column_->addWidget(nodeProblems_);
    if (!model.unknown.isEmpty()) {
        addCaption(tr("Not known to this component"));
        addFields(model.unknown);
        addCaption({});
    }
    addFields(model.shown);
    for (const PatternGroup& group : model.patterns)
        if (!group.fields.isEmpty()) addPattern(group);
    moreButton_ = new QPushButton(body_);
    moreButton_->setObjectName(QStringLiteral("moreProperties"));
    moreButton_->setProperty("look", "flat");
    connect(moreButton_, &QPushButton::clicked, this, [this] {
        moreShown_ = !moreShown_;
        filter();
    });
    column_->addWidget(moreButton_, 0, Qt::AlignLeft);
    addFields(model.more);
    for (const FormField& field : model.more)
        fields_[field.key]->setProperty("more", true);
    for (const PatternGroup& group : model.patterns)
        if (group.fields.isEmpty()) addPattern(group);
    column_->addStretch(1);
    scroll_->setWidget(body_);
    filter();
    if (!focused || !fields_.contains(*focused)) return;
    scroll_->verticalScrollBar()->setValue(scrolled);
    fields_[*focused]->focusEditor();
    if (auto* line = qobject_cast<QLineEdit*>(QApplication::focusWidget()); line && cursor >= 0) {
        line->deselect();
        line->setCursorPosition(cursor);
    }
    mergeId_ = merging;
}

void PropertyForm::addCaption(const QString& text) {
    auto* label = new QLabel(text, body_);
    label->setProperty("look", "group");
    label->setContentsMargins(0, look::measure::kSpace2, 0, look::measure::kSpace2);
    label->setProperty("caption", true);
    column_->addWidget(label);
}

void PropertyForm::addFields(const QList<FormField>& fields) {
    for (const FormField& field : fields)
        addField(field);
}

PropertyField* PropertyForm::addField(const FormField& field) {
    auto* widget = new PropertyField(field, offerFor(store_.graph(), *nodes().front(), field.key), body_);
    const QString key = field.key;
    connect(widget, &PropertyField::entered, this, [this] { mergeId_ = newMergeId(); });
    connect(widget, &PropertyField::edited, this, [this, key](const QString& value) { setValue(key, value); });
    connect(widget, &PropertyField::left, this, &PropertyForm::fieldLeft);
    connect(widget, &PropertyField::resetWanted, this, [this, key] { unset(key); });
    connect(widget, &PropertyField::fixWanted, this,
            [this, key](const QString& nodeId, const topology::FixIt& fixIt) { applyFix(nodeId, key, fixIt); });
    fields_.insert(key, widget);
    column_->addWidget(widget);
    return widget;
}

void PropertyForm::addPattern(const PatternGroup& group) {
    if (!group.fields.isEmpty()) addFields(group.fields);
    auto* row = new AddPropertyRow(group, body_);
    row->setProperty("more", group.fields.isEmpty());
    connect(row, &AddPropertyRow::wanted, this, [this](const QString& key) {
        pending_.insert(key);
        refresh();
        showField(key);
    });
    column_->addWidget(row);
}

template <typename Make>
void PropertyForm::pushForAll(Make make, const QString& label, int mergeId) {
    topology::Edit whole;
    topology::Document document = store_.document();
    for (const topology::Node* node : nodes()) {
        const Result<topology::Edit> one = make(document, node->id);
        if (!one) {
            store_.push(one, label);
            return;
        }
        if (one->empty()) continue;
        if (whole.empty())
            whole = *one;
        else {
            auto both = topology::compose(store_.document(), whole, *one);
            if (!both) {
                store_.push(both, label);
                return;
            }
            whole = std::move(*both);
        }
        auto next = document.apply(*one);
        if (!next) break;
        document = std::move(next->document);
    }
    store_.push(whole, label, mergeId);
}

void PropertyForm::setValue(const QString& key, const QString& value) {
    if (mergeId_ == 0) mergeId_ = newMergeId();
    const std::string plainKey = key.toStdString(), plainValue = value.toStdString();
    pushForAll(
        [&](const topology::Document& document, const topology::NodeId& id) {
            return namesGroupType(document, id, plainKey) && !value.trimmed().isEmpty()
                       ? topology::retype(document, id, plainValue)
                       : topology::setNodeProperty(document, id, plainKey, plainValue);
        },
        tr("Change %1").arg(key), mergeId_);
}

void PropertyForm::unset(const QString& key) {
    const std::string plainKey = key.toStdString();
    pushForAll([&](const topology::Document& document,
                   const topology::NodeId& id) { return topology::unsetNodeProperty(document, id, plainKey); },
               tr("Reset %1").arg(key), mergeId_);
    run_.applyNow();
}

void PropertyForm::fieldLeft() {
    run_.applyNow();
    mergeId_ = newMergeId();
}

void PropertyForm::applyFix(const QString& nodeId, const QString& key, const topology::FixIt& fixIt) {
    store_.finishChecking(); // a fix is made for one text
    for (const topology::Diagnostic& now : store_.diagnostics()) {
        if (QString::fromStdString(now.node) != nodeId || QString::fromStdString(now.property) != key) continue;
        const auto current = std::ranges::find(now.fixIts, fixIt.title, &topology::FixIt::title);
        if (current == now.fixIts.end()) continue;
        mend(key, topology::FixIt(*current)); // a copy: the edit makes the list anew
        return;
    }
}

// The button goes with its problem, and its focus would pass to whatever comes next in the window.
void PropertyForm::mend(const QString& key, const topology::FixIt& fixIt) {
    filter_->setFocus();
    store_.push(fixIt.edit, titleOf(fixIt));
    if (PropertyField* field = fields_.value(key)) field->focusEditor();
    run_.applyNow();
}

void PropertyForm::showProblems() {
    if (!body_) return; // those of a big document are found later, when nothing may be selected
    const auto selected = nodes();
    QHash<QString, std::vector<topology::Diagnostic>> byField;
    QStringList general;
    for (const topology::Diagnostic& one : store_.diagnostics()) {
        const bool ours =
            std::any_of(selected.begin(), selected.end(), [&one](auto* node) { return node->id == one.node; });
        if (!ours) continue;
        const QString key = QString::fromStdString(one.property);
        if (fields_.contains(key))
            byField[key].push_back(one);
        else if (!general.contains(messageOf(one)))
            general.append(messageOf(one));
    }
    for (auto it = fields_.begin(); it != fields_.end(); ++it)
        it.value()->setProblems(byField.value(it.key()));
    nodeProblems_->setText(general.join(QLatin1Char('\n')));
    nodeProblems_->setVisible(!general.isEmpty());
    nodeProblems_->setContentsMargins(0, 0, 0, look::measure::kSpace3);
}

void PropertyForm::showFacts() {
    PropertyField* capacity = fields_.value(QStringLiteral("capacity"));
    const topology::Node* node = store_.selectedNode();
    if (!capacity || !node) return;
    const session::NodeSnapshot* live = run_.node(QString::fromStdString(node->id));
    capacity->setFacts(
        live && live->level && live->level->capacity > 0
            ? tr("now %1 of %2").arg(look::exact(live->level->events), look::exact(live->level->capacity))
            : QString());
}

void PropertyForm::nameFilter() {
    filter_->setPlaceholderText(tr("Filter properties"));
    filter_->setAccessibleName(filter_->placeholderText());
}

void PropertyForm::filter() {
    if (!body_) return;
    const QString wanted = filter_->text().trimmed();
    int folded = 0;
    for (QWidget* child : body_->findChildren<QWidget*>(Qt::FindDirectChildrenOnly)) {
        auto* field = qobject_cast<PropertyField*>(child);
        const bool row = child->property("more").isValid() && !field;
        if (!field && !row) continue;
        const bool more = child->property("more").toBool();
        folded += more && field ? 1 : 0;
        if (!wanted.isEmpty())
            child->setVisible(field && field->key().contains(wanted, Qt::CaseInsensitive));
        else
            child->setVisible(!more || moreShown_);
    }
    moreButton_->setVisible(wanted.isEmpty() && folded > 0);
    moreButton_->setText(moreShown_ ? tr("Show fewer") : tr("%n more, all at their defaults", nullptr, folded));
}

bool PropertyForm::showField(const QString& key) {
    PropertyField* field = fields_.value(key);
    if (!field) return false;
    filter_->clear();
    if (field->property("more").toBool() && !moreShown_) {
        moreShown_ = true;
        filter();
    }
    body_->layout()->activate();
    scroll_->ensureWidgetVisible(field);
    field->focusEditor();
    return true;
}

void PropertyForm::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    nameFilter();
    layoutKey_.clear();
    refresh();
}

} // namespace millrace::studio
