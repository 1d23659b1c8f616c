#include "screens/outline/outline_panel.h"

#include "document/document_store.h"
#include "look/theme.h"
#include "run/run_controller.h"
#include "screens/outline/outline_model.h"

#include <QHeaderView>
#include <QTreeView>
#include <QVBoxLayout>

namespace millrace::studio {

OutlinePanel::OutlinePanel(DocumentStore& store, RunController& run, QWidget* parent)
    : Screen(store, run, parent), model_(new OutlineModel(store, run, this)), tree_(new QTreeView(this)) {
    tree_->setObjectName(QStringLiteral("outline"));
    tree_->setModel(model_);
    tree_->setHeaderHidden(true);
    tree_->header()->setStretchLastSection(true);
    tree_->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    tree_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    tree_->setUniformRowHeights(true);
    tree_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    tree_->setIconSize({20, 20});
    tree_->setIndentation(16);
    auto* box = new QVBoxLayout(this);
    box->setContentsMargins(0, look::measure::kSpace2, 0, 0);
    box->addWidget(tree_);
    connect(model_, &QAbstractItemModel::modelReset, tree_, &QTreeView::expandAll);
    // What is new is seen; what was folded stays so.
    connect(model_, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex& above, int first, int last) {
        if (above.isValid() && model_->rowCount(above) == last - first + 1) tree_->expand(above);
    });
    connect(&run, &RunController::phaseChanged, model_, &OutlineModel::repaint);
    connect(tree_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &OutlinePanel::selectFromTree);
    connect(tree_, &QTreeView::activated, this,
            [this](const QModelIndex& index) { store_.reveal(index.data(OutlineModel::kId).toString()); });
    tree_->expandAll();
    retranslate();
}

void OutlinePanel::onDelta(const GraphDelta& delta) {
    const bool before = std::exchange(following_, true); // a row that goes is no wish to select less
    model_->apply(delta);
    following_ = before;
    onSelection();
}

void OutlinePanel::onSelection() {
    if (following_) return;
    following_ = true;
    QItemSelection wanted;
    QModelIndex one;
    for (const QString& id : store_.selection())
        if (const QModelIndex index = model_->indexOf(id); index.isValid())
            wanted.select(one = index, index.siblingAtColumn(OutlineModel::kind));
    tree_->selectionModel()->select(wanted, QItemSelectionModel::ClearAndSelect);
    if (wanted.size() == 1 && isVisible()) tree_->scrollTo(one);
    following_ = false;
}

void OutlinePanel::selectFromTree() {
    if (following_) return;
    following_ = true;
    QSet<QString> ids;
    for (const QModelIndex& index : tree_->selectionModel()->selectedRows())
        ids.insert(index.data(OutlineModel::kId).toString());
    store_.select(ids);
    following_ = false;
}

void OutlinePanel::onSnapshot() {
    model_->showStates();
}

void OutlinePanel::onTheme() {
    model_->repaint();
}

void OutlinePanel::retranslate() {
    tree_->setAccessibleName(tr("Outline"));
    model_->repaint();
}

} // namespace millrace::studio
