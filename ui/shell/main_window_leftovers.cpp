#include "shell/main_window.h"

#include "shell/document_files.h"
#include "shell/notice_bar.h"
#include "shell/recovery.h"
#include "shell/start_page.h"

#include <QFile>

/// What an earlier studio left unsaved: offered, taken back or thrown away.
namespace millrace::studio {

void MainWindow::offerLeftovers() {
    const QList<Recovered> left = recovery_->leftovers();
    start_->setLeftovers(left);
    if (left.isEmpty() || !files_->isOpen()) return;
    const QString file = left.first().file;
    leftoverNotice_ = changedText(left.first());
    notice_->tell(leftoverNotice_, {{tr("Recover"), [this, file] { recover(file); }},
                                              {tr("Discard"), [this, file] { discardLeftover(file); }}});
}

void MainWindow::recover(const QString& file) {
    for (const Recovered& one : recovery_->leftovers()) {
        if (one.file != file || !files_->recover(one.path, one.text, one.runFolder)) continue;
        recovery_->keepNow(); // before the old copy goes
        QFile::remove(file);
    }
    start_->setLeftovers(recovery_->leftovers());
}

void MainWindow::discardLeftover(const QString& file) {
    for (const Recovered& one : recovery_->leftovers())
        if (one.file == file) RunController::deleteUntitled(one.runFolder);
    QFile::remove(file);
    start_->setLeftovers(recovery_->leftovers());
}

} // namespace millrace::studio
