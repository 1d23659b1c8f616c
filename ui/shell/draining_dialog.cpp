#include "shell/draining_dialog.h"

#include "run/run_controller.h"
#include "look/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace millrace::studio {

DrainingDialog::DrainingDialog(RunController& run, QWidget* parent)
    : QDialog(parent), run_(run), text_(new QLabel(this)), now_(new QPushButton(tr("Stop at once"), this)) {
    setObjectName(QStringLiteral("draining"));
    setWindowTitle(tr("Stopping"));
    setAttribute(Qt::WA_DeleteOnClose);
    text_->setMinimumWidth(360);
    text_->setWordWrap(true);
    now_->setObjectName(QStringLiteral("stopNow"));
    auto* box = new QVBoxLayout(this);
    box->setContentsMargins(look::measure::kSpace5, look::measure::kSpace5, look::measure::kSpace5,
                            look::measure::kSpace4);
    box->setSpacing(look::measure::kSpace4);
    box->addWidget(text_);
    auto* keep = new QPushButton(tr("Keep the window open"), this);
    keep->setObjectName(QStringLiteral("keepOpen"));
    keep->setAutoDefault(false);
    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(look::measure::kSpace2);
    buttons->addStretch(1);
    buttons->addWidget(keep);
    buttons->addWidget(now_);
    box->addLayout(buttons);
    connect(now_, &QPushButton::clicked, this, [this] {
        now_->setEnabled(false);
        run_.stop();
    });
    connect(&run, &RunController::snapshotChanged, this, &DrainingDialog::refresh);
    connect(&run, &RunController::phaseChanged, this, [this] {
        if (run_.phase() == RunController::Phase::stopped) accept();
    });
    refresh();
}

void DrainingDialog::refresh() {
    const auto waiting = static_cast<int>(std::min<std::int64_t>(run_.snapshot()->account.inFlight, 1'000'000'000));
    text_->setText(waiting > 0 ? tr("%n event(s) are still on the way and are being delivered.", nullptr, waiting)
                               : tr("The last components are being stopped."));
}

} // namespace millrace::studio
