#include "shell/status_line.h"

#include "document/document_store.h"
#include "run/run_controller.h"
#include "look/theme.h"
#include "shell/flow_report.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>

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
    connect(&run, &RunController::phaseChanged, this, &StatusLine::refresh);
    refresh();
}

void StatusLine::refresh() {
    const QString sentence = flowSentence(store_, run_);
    if (flow_->text() != sentence) {
        flow_->setText(sentence);
        flow_->setToolTip(sentence);
    }
    if (const char* look = nothingRuns(store_, run_) ? "problem" : "second"; flow_->property("look") != QLatin1String(look)) {
        flow_->setProperty("look", look);
        flow_->style()->unpolish(flow_);
        flow_->style()->polish(flow_);
    }
    const QString account = accountText(run_);
    if (account_->text() != account) account_->setText(account);
}

void StatusLine::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) refresh();
}

} // namespace millrace::studio
