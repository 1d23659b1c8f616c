#include "shell/closing.h"

#include "run/run_controller.h"
#include "shell/document_files.h"
#include "shell/draining_dialog.h"
#include "shell/recovery.h"

#include <QMainWindow>

#include <algorithm>

namespace millrace::studio {

Closing::Closing(RunController& run, DocumentFiles& files, RecoveryCopy& recovery, QMainWindow* window)
    : QObject(window), run_(run), files_(files), recovery_(recovery), window_(window) {
    connect(&run, &RunController::answered, this, &Closing::answered);
}

void Closing::beQuiet() {
    quiet_ = true;
    recovery_.keepNow(); // should the stop be cut short
}

bool Closing::mayClose() {
    if (draining_ || (!quiet_ && !files_.mayClose())) return false;
    if (run_.phase() == RunController::Phase::stopped) return true;
    drain();
    return false;
}

void Closing::drain() {
    draining_ = true;
    auto* dialog = new DrainingDialog(run_, window_);
    connect(dialog, &QDialog::rejected, this, [this] {
        draining_ = quiet_ = false;
        files_.stay();
    });
    dialog->show();
    if (run_.phase() != RunController::Phase::stopping) run_.stop();
}

void Closing::close() {
    if (quiet_) {
        recovery_.leaveForNextStart();
        return;
    }
    files_.giveUp();
    recovery_.discard();
}

void Closing::answered(const session::Answer& answer) {
    if (!draining_ || run_.phase() != RunController::Phase::stopped) return;
    draining_ = false;
    const bool lost = std::ranges::any_of(answer.left, &session::LeftEvents::lost);
    if (lost && !quiet_) // somebody has to see what is said of it
        files_.stay();
    else
        window_->close();
}

} // namespace millrace::studio
