#include "shell/outline_panel.h"

#include "document/document_store.h"
#include "run/run_controller.h"
#include "inspector/live_page.h"
#include "words/node_words.h"
#include "look/theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QVBoxLayout>

namespace millrace::studio {

namespace {
constexpr int kId = Qt::UserRole;
}

OutlinePanel::OutlinePanel(DocumentStore& store, RunController& run, QWidget* parent)
    : QWidget(parent), store_(store), run_(run), tree_(new QTreeWidget(this)) {
    tree_->setObjectName(QStringLiteral("outline"));
    tree_->setHeaderHidden(true);
    tree_->setColumnCount(2);
    tree_->header()->setStretchLastSection(true);
    tree_->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    tree_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    tree_->setIconSize({20, 20});
    tree_->setIndentation(16);
    auto* box = new QVBoxLayout(this);
    box->setContentsMargins(0, look::measure::kSpace2, 0, 0);
    box->addWidget(tree_);
    connect(&store, &DocumentStore::changed, this, &OutlinePanel::rebuild);
    connect(&store, &DocumentStore::selectionChanged, this, &OutlinePanel::showSelection);
    connect(&run, &RunController::snapshotChanged, this, &OutlinePanel::showStates);
    connect(&look::Theme::instance(), &look::Theme::changed, this, &OutlinePanel::rebuild);
    connect(tree_, &QTreeWidget::itemSelectionChanged, this, &OutlinePanel::selectFromTree);
    connect(tree_, &QTreeWidget::itemActivated, this,
            [this](QTreeWidgetItem* item) { store_.reveal(item->data(0, kId).toString()); });
}

void OutlinePanel::rebuild() {
    if (!isVisible()) return;
    following_ = true;
    tree_->clear();
    items_.clear();
    for (const topology::Node& node : store_.graph().nodes) {
        const QString id = QString::fromStdString(node.id);
        std::string parent;
        if (!node.agent.empty())
            parent = "agent/" + node.agent;
        else if (node.kind == topology::NodeKind::topic)
            parent = "cluster/" + node.valueOr("cluster");
        QTreeWidgetItem* above = items_.value(QString::fromStdString(parent));
        auto* item = above ? new QTreeWidgetItem(above) : new QTreeWidgetItem(tree_);
        item->setText(0, QString::fromStdString(node.name));
        item->setText(1, wordOf(node.kind));
        item->setForeground(1, look::colours().second);
        item->setIcon(0, look::tileIcon(glyphOf(node.kind)));
        item->setData(0, kId, id);
        item->setData(0, Qt::AccessibleDescriptionRole, describe(node));
        item->setExpanded(true);
        items_.insert(id, item);
    }
    tree_->expandAll();
    tree_->setAccessibleName(tr("Outline"));
    following_ = false;
    showSelection();
    showStates();
}

void OutlinePanel::showSelection() {
    if (following_ || !isVisible()) return;
    following_ = true;
    tree_->clearSelection();
    for (const QString& id : store_.selection())
        if (QTreeWidgetItem* item = itemOf(id)) {
            item->setSelected(true);
            tree_->scrollToItem(item);
        }
    following_ = false;
}

void OutlinePanel::selectFromTree() {
    if (following_) return;
    following_ = true;
    QSet<QString> ids;
    for (const QTreeWidgetItem* item : tree_->selectedItems())
        ids.insert(item->data(0, kId).toString());
    store_.select(ids);
    following_ = false;
}

void OutlinePanel::showStates() {
    if (!isVisible()) return;
    for (auto it = items_.begin(); it != items_.end(); ++it) {
        const session::NodeSnapshot* live = run_.node(it.key());
        const topology::Node* node = store_.graph().find(it.key().toStdString());
        if (!node) continue;
        const bool running = live && run_.phase() != RunController::Phase::stopped;
        const QString text =
            running ? tr("%1, %2", "kind of node, its state").arg(wordOf(node->kind), stateText(live->state))
                    : wordOf(node->kind);
        if (it.value()->text(1) != text) it.value()->setText(1, text);
    }
}

void OutlinePanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    rebuild();
}

void OutlinePanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) rebuild();
}

} // namespace millrace::studio
