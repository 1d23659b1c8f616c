#include "shell/status_line.h"

#include "document/document_store.h"
#include "run/run_controller.h"
#include "look/restyle.h"
#include "look/theme.h"
#include "shell/flow_report.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

#include <chrono>

namespace millrace::studio {

namespace {
using namespace std::chrono_literals;
constexpr auto kPace = 500ms;
} // namespace

StatusLine::StatusLine(DocumentStore& store, RunController& run, QWidget* parent)
    : QWidget(parent), store_(store), run_(run), flow_(new QLabel(this)), account_(new QLabel(this)) {
    setProperty("look", "status");
    setAttribute(Qt::WA_StyledBackground);
    flow_->setObjectName(QStringLiteral("flow"));
    flow_->setProperty("look", "second");
    flow_->setTextFormat(Qt::PlainText);
    flow_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    account_->setObjectName(QStringLiteral("account"));
    account_->setProperty("look", "second");
    account_->setFont(look::figureFont(1, QFont::Normal));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(look::measure::kSpace4, 0, look::measure::kSpace4, 0);
    row->setSpacing(look::measure::kSpace5);
    row->addWidget(flow_, 1);
    row->addWidget(account_);
    setFixedHeight(28);
    pace_.setSingleShot(true);
    pace_.setInterval(kPace);
    connect(&pace_, &QTimer::timeout, this, &StatusLine::refresh);
    connect(&run, &RunController::snapshotChanged, this, [this] {
        if (!pace_.isActive()) pace_.start();
    });
    connect(&run, &RunController::phaseChanged, this, [this] {
        if (run_.phase() == RunController::Phase::starting) left_ = {};
        refresh();
    });
    connect(&run, &RunController::answered, this, [this](const session::Answer& answer) {
        if (answer.verb != "stop" || !answer.ok) return;
        left_ = leftOf(answer);
        refresh();
    });
    connect(&store, &DocumentStore::changed, this, [this](const topology::Edit&, const GraphDelta& delta) {
        if (!delta.loaded) return;
        left_ = {};
        refresh();
    });
    refresh();
}

void StatusLine::refresh() {
    const QString sentence = flowSentence(store_, run_, left_);
    if (flow_->text() != sentence) {
        flow_->setText(sentence);
        flow_->setToolTip(sentence);
    }
    const bool wrong = nothingRuns(store_, run_) || (run_.phase() == RunController::Phase::stopped && left_.lost > 0);
    look::restyle(flow_, "look", wrong ? QStringLiteral("problem") : QStringLiteral("second"));
    const QString account = accountText(run_, left_);
    if (account_->text() != account) account_->setText(account);
}

void StatusLine::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) refresh();
}

} // namespace millrace::studio
