#include "screens/problems/problems_panel.h"

#include "document/document_store.h"
#include "look/theme.h"
#include "run/run_controller.h"
#include "screens/problems/problem_model.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

namespace millrace::studio {

namespace {

constexpr int kWidthForPlaces = 560; ///< below it the message needs the room

/// A row is as high, and the last column as wide, as the buttons.
class RemedySize : public QStyledItemDelegate {
public:
    explicit RemedySize(QTreeView* view) : QStyledItemDelegate(view), view_(view) {}

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const QWidget* cell = view_->indexWidget(index);
        // The row's own padding is taken from what the button gets.
        return cell ? cell->sizeHint() + QSize(2 * look::measure::kSpace2, 0)
                    : QStyledItemDelegate::sizeHint(option, index);
    }

private:
    QTreeView* view_;
};

/// A message is broken into as many lines as its column is narrow; a tree asks for one.
class MessageSize : public QStyledItemDelegate {
public:
    explicit MessageSize(QTreeView* view) : QStyledItemDelegate(view), view_(view) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        const int width = view_->columnWidth(index.column()) - kBesideWords;
        const QRect words =
            view_->fontMetrics().boundingRect(0, 0, width, QWIDGETSIZE_MAX, Qt::TextWordWrap, index.data().toString());
        return {words.width(), words.height() + 2 * look::measure::kSpace1};
    }

private:
    static constexpr int kBesideWords = 48; ///< the icon and the row's padding

    QTreeView* view_;
};

} // namespace

ProblemsPanel::ProblemsPanel(DocumentStore& store, RunController& run, QWidget* parent)
    : Screen(store, run, parent), model_(new ProblemModel(this)), tree_(new QTreeView(this)), none_(new QLabel(this)) {
    tree_->setObjectName(QStringLiteral("problems"));
    tree_->setModel(model_);
    tree_->setItemDelegateForColumn(ProblemModel::message, new MessageSize(tree_));
    tree_->setItemDelegateForColumn(ProblemModel::remedy, new RemedySize(tree_));
    tree_->setRootIsDecorated(false);
    tree_->setHeaderHidden(true);
    tree_->setAllColumnsShowFocus(true);
    tree_->setWordWrap(true);
    tree_->header()->setStretchLastSection(false);
    tree_->header()->setSectionResizeMode(ProblemModel::message, QHeaderView::Stretch);
    tree_->header()->setSectionResizeMode(ProblemModel::place, QHeaderView::ResizeToContents);
    tree_->header()->setSectionResizeMode(ProblemModel::remedy, QHeaderView::ResizeToContents);
    // A row is as high as its message when that is broken into lines of this width.
    connect(tree_->header(), &QHeaderView::sectionResized, tree_, [this](int section) {
        if (section == ProblemModel::message)
            QMetaObject::invokeMethod(tree_, &QTreeView::doItemsLayout, Qt::QueuedConnection);
    });
    none_->setObjectName(QStringLiteral("noProblems"));
    none_->setProperty("look", "second");
    none_->setAlignment(Qt::AlignTop);
    none_->setContentsMargins(look::measure::kSpace2, look::measure::kSpace2, 0, 0);
    auto* box = new QVBoxLayout(this);
    box->setContentsMargins(look::measure::kSpace3, look::measure::kSpace2, look::measure::kSpace3, 0);
    box->addWidget(none_);
    box->addWidget(tree_);
    connect(tree_, &QTreeView::clicked, this, &ProblemsPanel::reveal);
    connect(tree_, &QTreeView::activated, this, &ProblemsPanel::reveal);
    connect(model_, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex&, int first, int last) { addButtons(first, last); });
    connect(&run, &RunController::issuesChanged, this, &ProblemsPanel::refresh);
    retranslate();
}

int ProblemsPanel::count() const {
    return countProblems(store_, run_);
}

void ProblemsPanel::addButtons(int first, int last) {
    for (int row = first; row <= last; ++row) {
        const QString& text = model_->problem(row).remedy;
        if (text.isEmpty()) continue;
        const QPersistentModelIndex index = model_->index(row, ProblemModel::remedy);
        // A button as high as a message of many lines looks like a panel.
        auto* cell = new QWidget(tree_);
        auto* button = new QPushButton(text, cell);
        auto* column = new QVBoxLayout(cell);
        column->setContentsMargins(0, 0, 0, 0);
        column->addWidget(button, 0, Qt::AlignVCenter);
        button->setObjectName(QStringLiteral("fixIt"));
        button->setProperty("look", "soft");
        // It goes with its problem; the keyboard stays with the list.
        connect(button, &QPushButton::clicked, tree_, [this] { tree_->setFocus(); });
        connect(
            button, &QPushButton::clicked, this,
            [this, index] {
                store_.finishChecking(); // a fix is made for one text
                mend(index.row());
            },
            Qt::QueuedConnection);
        button->ensurePolished(); // its padding comes with the style
        tree_->setIndexWidget(index, cell);
    }
}

void ProblemsPanel::mend(int row) {
    if (row < 0) return;                          // mended otherwise meanwhile
    const Problem problem = model_->problem(row); // a copy: the edit makes the list anew
    if (!problem.free.isEmpty()) {
        run_.useFreeAddress(problem.taken, problem.free);
        return;
    }
    store_.push(problem.fix, problem.remedy);
    run_.applyNow();
}

void ProblemsPanel::refresh() {
    emit countChanged();
    if (!isVisible()) return; // listed when it comes into sight
    model_->take(listProblems(store_, run_));
    none_->setVisible(model_->rowCount() == 0);
}

void ProblemsPanel::onDelta(const GraphDelta&) {
    if (store_.isChecked()) refresh();
}

void ProblemsPanel::onTheme() {
    model_->repaint();
}

void ProblemsPanel::retranslate() {
    tree_->setAccessibleName(tr("Problems"));
    none_->setText(tr("No problems found."));
    refresh();
}

void ProblemsPanel::reveal(const QModelIndex& index) {
    const Problem problem = model_->problem(index.row()); // a copy: whoever is told may change the list
    if (problem.node.isEmpty()) return;
    store_.select({problem.node});
    store_.reveal(problem.node, problem.property);
}

void ProblemsPanel::showEvent(QShowEvent* event) {
    Screen::showEvent(event);
    refresh();
}

void ProblemsPanel::resizeEvent(QResizeEvent* event) {
    Screen::resizeEvent(event);
    tree_->setColumnHidden(ProblemModel::place, width() < kWidthForPlaces);
}

} // namespace millrace::studio
