#include "shell/palette/palette_panel.h"

#include "document/document_store.h"
#include "look/theme.h"
#include "shell/palette/palette_model.h"

#include <QLineEdit>
#include <QTreeView>
#include <QVBoxLayout>

namespace millrace::studio {

PalettePanel::PalettePanel(DocumentStore& store, RunController& run, canvas::RunsHere runs, QWidget* parent)
    : Screen(store, run, parent),
      runs_(std::move(runs)),
      model_(new PaletteModel(this)),
      shown_(new PaletteFilter(this)),
      search_(new QLineEdit(this)),
      tree_(new QTreeView(this)) {
    setProperty("look", "panel");
    setAttribute(Qt::WA_StyledBackground);
    search_->setObjectName(QStringLiteral("paletteSearch"));
    search_->setClearButtonEnabled(true);
    shown_->setSourceModel(model_);
    tree_->setObjectName(QStringLiteral("palette"));
    tree_->setProperty("look", "palette");
    tree_->setModel(shown_);
    tree_->setHeaderHidden(true);
    tree_->setRootIsDecorated(false);
    tree_->setIndentation(0);
    tree_->setIconSize({22, 22});
    tree_->setExpandsOnDoubleClick(false);
    tree_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    tree_->setDragEnabled(true);
    tree_->setDragDropMode(QAbstractItemView::DragOnly);
    auto* box = new QVBoxLayout(this);
    box->setContentsMargins(0, look::measure::kSpace3, 0, 0);
    box->setSpacing(look::measure::kSpace2);
    auto* inset = new QVBoxLayout;
    inset->setContentsMargins(look::measure::kSpace3, 0, look::measure::kSpace3, 0);
    inset->addWidget(search_);
    box->addLayout(inset);
    box->addWidget(tree_, 1);
    connect(search_, &QLineEdit::textChanged, this, &PalettePanel::filter);
    connect(search_, &QLineEdit::returnPressed, this, &PalettePanel::addFirst);
    connect(tree_, &QTreeView::activated, this, &PalettePanel::clicked);
    connect(tree_, &QTreeView::clicked, this, [this](const QModelIndex& index) {
        if (index.data(PaletteModel::kMore).toBool()) clicked(index);
    });
    retranslate();
}

void PalettePanel::addFirst() {
    for (int group = 0; group < shown_->rowCount(); ++group) {
        const QModelIndex first = shown_->index(0, 0, shown_->index(group, 0));
        if (!first.data(PaletteModel::kItem).toBool()) continue;
        clicked(first);
        return;
    }
}

void PalettePanel::fill() {
    model_->fill(canvas::addCatalogue(store_.document().catalog(), runs_));
    tree_->expandAll();
}

void PalettePanel::retranslate() {
    search_->setPlaceholderText(tr("Add…"));
    search_->setAccessibleName(tr("Search for something to add"));
    tree_->setAccessibleName(tr("Palette"));
    fill();
}

void PalettePanel::clicked(const QModelIndex& shown) {
    const QModelIndex index = shown_->mapToSource(shown);
    if (index.data(PaletteModel::kMore).toBool())
        model_->toggle(index);
    else if (index.data(PaletteModel::kItem).toBool())
        emit addWanted(canvas::PaletteItem(model_->item(index)));
}

void PalettePanel::filter() {
    shown_->setWords(search_->text());
    tree_->expandAll(); // a group that comes back comes folded
}

} // namespace millrace::studio
