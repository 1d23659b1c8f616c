#include "shell/main_window.h"

#include "canvas/view/canvas_view.h"
#include "shell/app_settings.h"
#include "shell/draining_dialog.h"
#include "shell/screen_docks.h"
#include "shell/recovery.h"

#include <QCloseEvent>

#include <algorithm>

/// How the window goes: what is unsaved is asked about, what runs is drained, and what was edited or lost meanwhile is
/// not passed over.
namespace millrace::studio {

void MainWindow::shutDown(bool quietly) {
    quiet_ = quietly;
    if (quiet_) recovery_->keepNow(); // should the stop be cut short
    close();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (closing_ || (!quiet_ && !files_->mayClose())) {
        event->ignore();
        return;
    }
    if (run_.phase() != RunController::Phase::stopped) {
        event->ignore();
        closing_ = true;
        auto* dialog = new DrainingDialog(run_, this);
        connect(dialog, &QDialog::rejected, this, [this] {
            closing_ = quiet_ = false;
            files_->stay();
        });
        dialog->show();
        if (run_.phase() != RunController::Phase::stopping) run_.stop();
        return;
    }
    canvasOnly_ = false;
    screens_->fold(false);
    settings_.setWindow(saveGeometry(), saveState(kStateVersion));
    if (quiet_)
        recovery_->leaveForNextStart();
    else {
        files_->giveUp();
        recovery_->discard();
    }
    QMainWindow::closeEvent(event);
}

void MainWindow::closeStopped(const session::Answer& answer) {
    closing_ = false;
    const bool lost = std::ranges::any_of(answer.left, &session::LeftEvents::lost);
    if (lost && !quiet_) // somebody has to see what tellAnswer() says of it
        files_->stay();
    else
        close();
}

} // namespace millrace::studio
