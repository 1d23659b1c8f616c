#include "screens/log/log_panel.h"

#include "document/document_store.h"
#include "run/run_controller.h"
#include "look/theme.h"
#include "screens/log/log_model.h"

#include <QComboBox>
#include <QEvent>
#include <QHeaderView>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

#include <chrono>

namespace millrace::studio {

namespace {

using namespace std::chrono_literals;
constexpr auto kFetchEvery = 400ms;
constexpr std::size_t kPage = 1000;

enum class LeastLevel { all, warnings, errors };

class LogFilter final : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    LeastLevel least = LeastLevel::all;
    bool selectedOnly = false;
    const DocumentStore* store = nullptr;
    void apply() { invalidateFilter(); }

protected:
    bool filterAcceptsRow(int row, const QModelIndex&) const override {
        const session::LogLine& line = static_cast<LogModel*>(sourceModel())->line(row);
        if (least == LeastLevel::errors && line.level != "error") return false;
        if (least == LeastLevel::warnings && line.level != "error" && line.level != "warning") return false;
        return !selectedOnly || store->selection().isEmpty() ||
               store->selection().contains(QString::fromStdString(line.node));
    }
};

} // namespace

LogPanel::LogPanel(DocumentStore& store, RunController& run, QWidget* parent)
    : Screen(store, run, parent),
      model_(new LogModel(this)),
      filter_(new LogFilter(this)),
      view_(new QTreeView(this)),
      level_(new QComboBox(this)),
      node_(new QComboBox(this)) {
    static_cast<LogFilter*>(filter_)->store = &store;
    filter_->setSourceModel(model_);
    view_->setObjectName(QStringLiteral("log"));
    view_->setModel(filter_);
    view_->setRootIsDecorated(false);
    view_->setUniformRowHeights(true);
    view_->setHeaderHidden(true);
    view_->header()->resizeSection(LogModel::time, 110);
    view_->header()->resizeSection(LogModel::level, 76);
    view_->header()->resizeSection(LogModel::node, 200);
    level_->setObjectName(QStringLiteral("logLevel"));
    node_->setObjectName(QStringLiteral("logNodes"));
    // Another language has longer words.
    for (QComboBox* choice : {level_, node_})
        choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(look::measure::kSpace5, 0, look::measure::kSpace5, 0);
    row->addWidget(level_);
    row->addWidget(node_);
    row->addStretch(1);
    auto* box = new QVBoxLayout(this);
    box->setContentsMargins(0, look::measure::kSpace2, 0, 0);
    box->addLayout(row);
    box->addWidget(view_, 1);
    for (int i = 0; i < 3; ++i)
        level_->addItem({});
    for (int i = 0; i < 2; ++i)
        node_->addItem({});
    retranslate();
    connect(level_, &QComboBox::currentIndexChanged, this, &LogPanel::refilter);
    connect(node_, &QComboBox::currentIndexChanged, this, &LogPanel::refilter);
    timer_.setInterval(kFetchEvery);
    connect(&timer_, &QTimer::timeout, this, &LogPanel::fetch);
    connect(&run, &RunController::phaseChanged, this, [this] {
        if (run_.phase() != RunController::Phase::stopped)
            timer_.start();
        else {
            fetch();
            timer_.stop();
        }
    });
    connect(&run, &RunController::answered, this, &LogPanel::fetch);
}

LogPanel::~LogPanel() = default;

void LogPanel::onDelta(const GraphDelta& delta) {
    // What an earlier document's run said is of no use beside another; during a run the lines are of what runs.
    if (!delta.loaded || run_.phase() != RunController::Phase::stopped) return;
    fetch();
    model_->clear();
}

int LogPanel::shownLines() const {
    return filter_->rowCount();
}

void LogPanel::fetch() {
    // Whoever has scrolled up reads: only someone at the end is taken along.
    const QScrollBar* bar = view_->verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum() - 1;
    for (int pages = 0; pages < 5; ++pages) {
        const session::LogPage page = run_.session().logs(model_->cursor(), kPage);
        model_->add(page);
        if (page.lines.size() < kPage) break;
    }
    if (atEnd) view_->scrollToBottom();
}

void LogPanel::refilter() {
    auto* filter = static_cast<LogFilter*>(filter_);
    filter->least = static_cast<LeastLevel>(level_->currentIndex());
    filter->selectedOnly = node_->currentIndex() == 1;
    filter->apply();
}

void LogPanel::retranslate() {
    level_->setItemText(0, tr("All lines"));
    level_->setItemText(1, tr("Warnings and errors"));
    level_->setItemText(2, tr("Errors only"));
    node_->setItemText(0, tr("of all nodes"));
    node_->setItemText(1, tr("of what is selected"));
    view_->setAccessibleName(tr("Log"));
}

} // namespace millrace::studio
