#include "shell/main_window.h"

#include "words/messages.h"
#include "screens/problems/problems_panel.h"
#include "shell/notice_bar.h"
#include "shell/screen_docks.h"

#include <algorithm>

/// What the window says of answers of the runtime and of the document's file, and what it offers to do about them.
namespace millrace::studio {

void MainWindow::tellDisk(DocumentFiles::OnDisk now) {
    using OnDisk = DocumentFiles::OnDisk;
    if (now == OnDisk::same && notice_->text() == diskNotice_) notice_->hide();
    if (now == OnDisk::same) return;
    const NoticeBar::Offer save{tr("Save"), [this] { files_->save(); }};
    if (now == OnDisk::gone) {
        diskNotice_ = tr("%1 is not on the disk any more.").arg(files_->title());
        notice_->tell(diskNotice_, {save});
        return;
    }
    diskNotice_ = now == OnDisk::changedHereToo
                      ? tr("%1 was changed by another program, and here too.").arg(files_->title())
                      : tr("%1 was changed by another program.").arg(files_->title());
    // The version that is kept counts as changed, so that it is asked about before it goes.
    notice_->tell(diskNotice_, {{tr("Reload"), [this] { files_->reload(); }}, {tr("Keep this version"), [this] { files_->keepThis(); }}});
}

void MainWindow::tellAnswer(const session::Answer& answer) {
    if (answer.verb == "start" && answer.ok) screens_->leave(screens_->get<ProblemsPanel>());
    QStringList left;
    for (const session::LeftEvents& one : answer.left)
        left.append(one.lost ? tr("%1: %n event(s) lost", nullptr, static_cast<int>(one.events))
                                   .arg(QString::fromStdString(one.node))
                             : tr("%1: %n event(s) kept on disk", nullptr, static_cast<int>(one.events))
                                   .arg(QString::fromStdString(one.node)));
    for (const session::Issue& issue : answer.issues) {
        if (issue.freeAddress.empty()) continue;
        const QString taken = QString::fromStdString(issue.takenAddress),
                      free = QString::fromStdString(issue.freeAddress);
        notice_->tell(tr("%1 is taken by another program.").arg(taken),
                      {{tr("Use %1 instead").arg(free), [this, taken, free] { run_.useFreeAddress(taken, free); }}});
        screens_->show(screens_->get<ProblemsPanel>());
        return;
    }
    if (!left.isEmpty() && answer.verb == "apply" && !answer.ok)
        notice_->tell(tr("This change would lose events. %1").arg(left.join(u"; "_qs)),
                      {{tr("Change all the same"), [this] { run_.applyDespiteLoss(); }}});
    else if (!left.isEmpty())
        notice_->tell(left.join(u"; "_qs));
    else if (!answer.ok && !answer.issues.empty()) {
        const auto error = std::ranges::find(answer.issues, "error", &session::Issue::severity);
        notice_->tell(messageOf(error == answer.issues.end() ? answer.issues.front() : *error));
        screens_->show(screens_->get<ProblemsPanel>());
    }
}

} // namespace millrace::studio
