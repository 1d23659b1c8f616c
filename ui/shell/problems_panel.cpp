#include "shell/problems_panel.h"

#include "words/messages.h"
#include "document/document_store.h"
#include "run/run_controller.h"
#include "words/node_words.h"
#include "look/icons.h"
#include "look/theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace millrace::studio {

namespace {
enum Role { kNode = Qt::UserRole, kProperty };
constexpr int kMostRows = 300; ///< a broken file of a megabyte must not make a list of a million buttons
} // namespace

ProblemsPanel::ProblemsPanel(DocumentStore& store, RunController& run, QWidget* parent)
    : QWidget(parent), store_(store), run_(run), tree_(new QTreeWidget(this)) {
    tree_->setObjectName(QStringLiteral("problems"));
    tree_->setColumnCount(3);
    tree_->setRootIsDecorated(false);
    tree_->setHeaderHidden(true);
    tree_->setAllColumnsShowFocus(true);
    tree_->setWordWrap(true);
    tree_->header()->setStretchLastSection(false);
    tree_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    tree_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    tree_->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    auto* box = new QVBoxLayout(this);
    box->setContentsMargins(look::measure::kSpace3, look::measure::kSpace2, look::measure::kSpace3, 0);
    box->addWidget(tree_);
    connect(tree_, &QTreeWidget::itemClicked, this, &ProblemsPanel::reveal);
    connect(tree_, &QTreeWidget::itemActivated, this, &ProblemsPanel::reveal);
    connect(&store, &DocumentStore::changed, this, &ProblemsPanel::refresh);
    connect(&run, &RunController::issuesChanged, this, &ProblemsPanel::refresh);
    connect(&look::Theme::instance(), &look::Theme::changed, this, &ProblemsPanel::refresh);
    refresh();
}

int countProblems(const DocumentStore& store, const RunController& run) {
    const auto ofDocument = std::ranges::count_if(store.document().diagnostics(), [](const topology::Diagnostic& one) {
        return one.severity != topology::Severity::information;
    });
    const auto ofRun = std::ranges::count_if(run.furtherIssues(), [](const session::Issue& one) {
        return one.severity == "error" || one.severity == "warning";
    });
    return static_cast<int>(ofDocument + ofRun);
}

int ProblemsPanel::count() const {
    return countProblems(store_, run_);
}

QTreeWidgetItem* ProblemsPanel::addRow(bool error, bool warning, const QString& message, const QString& place,
                                       const QString& node, const QString& property) {
    auto* item = new QTreeWidgetItem(tree_, {message, place});
    item->setIcon(0, look::icon(error     ? look::Glyph::invalid
                                : warning ? look::Glyph::warning
                                          : look::Glyph::information));
    item->setForeground(1, look::colours().second);
    item->setToolTip(0, message);
    item->setData(0, kNode, node);
    item->setData(0, kProperty, property);
    return item;
}

void ProblemsPanel::addButton(QTreeWidgetItem* item, const QString& text, std::function<void()> act) {
    auto* button = new QPushButton(text, tree_);
    button->setObjectName(QStringLiteral("fixIt"));
    button->setProperty("look", "soft");
    // The list is made anew by what the button does; the keyboard stays with it.
    connect(button, &QPushButton::clicked, tree_, [this] { tree_->setFocus(); });
    connect(button, &QPushButton::clicked, this, act, Qt::QueuedConnection);
    tree_->setItemWidget(item, 2, button);
    button->ensurePolished(); // its padding comes with the style
    // The row's own padding is taken from what the button gets.
    item->setSizeHint(2, button->sizeHint() + QSize(2 * look::measure::kSpace2, 0));
}

QString ProblemsPanel::placeOf(const std::string& nodeId) const {
    if (nodeId.empty()) return tr("run");
    const topology::Node* node = store_.graph().find(nodeId);
    if (!node) return QString::fromStdString(nodeId);
    return tr("%1 %2", "kind and name of a node").arg(wordOf(node->kind), QString::fromStdString(node->name));
}

void ProblemsPanel::addIssues() {
    for (const session::Issue& issue : run_.furtherIssues()) {
        const QString node = QString::fromStdString(issue.node);
        QTreeWidgetItem* item =
            addRow(issue.severity == "error", issue.severity == "warning", messageOf(issue),
                   placeOf(issue.node), node, {});
        if (issue.freeAddress.empty()) continue;
        const QString taken = QString::fromStdString(issue.takenAddress),
                      free = QString::fromStdString(issue.freeAddress);
        addButton(item, tr("Use %1 instead").arg(free), [this, taken, free] { run_.useFreeAddress(taken, free); });
    }
}

void ProblemsPanel::addDiagnostics() {
    std::vector<const topology::Diagnostic*> sorted;
    for (const topology::Diagnostic& one : store_.document().diagnostics())
        sorted.push_back(&one);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto* a, const auto* b) { return a->severity < b->severity; });
    int rows = 0;
    for (const topology::Diagnostic* one : sorted) {
        if (++rows > kMostRows) {
            addRow(false, false, tr("%n more", nullptr, static_cast<int>(sorted.size()) - kMostRows), {}, {}, {});
            return;
        }
        const QString place = tr("line %1").arg(one->line);
        QTreeWidgetItem* item =
            addRow(one->severity == topology::Severity::error, one->severity == topology::Severity::warning,
                   messageOf(*one), place, QString::fromStdString(one->node), QString::fromStdString(one->property));
        if (one->fixIts.empty()) continue;
        const topology::FixIt fix = one->fixIts.front();
        addButton(item, titleOf(fix), [this, fix] {
            store_.push(fix.edit, titleOf(fix));
            run_.applyNow();
        });
    }
}

void ProblemsPanel::refresh() {
    emit countChanged();
    if (!isVisible()) return; // made when shown
    tree_->clear();
    addIssues();
    addDiagnostics();
    if (tree_->topLevelItemCount() == 0) {
        auto* item = new QTreeWidgetItem(tree_, {tr("No problems found.")});
        item->setForeground(0, look::colours().second);
        item->setFlags(Qt::ItemIsEnabled);
    }
    tree_->setAccessibleName(tr("Problems"));
}

void ProblemsPanel::reveal(QTreeWidgetItem* item) {
    const QString node = item->data(0, kNode).toString();
    if (node.isEmpty()) return;
    store_.select({node});
    store_.reveal(node, item->data(0, kProperty).toString());
}

void ProblemsPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

void ProblemsPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) refresh();
}

} // namespace millrace::studio
