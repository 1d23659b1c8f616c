#include "shell/leftovers.h"

#include "run/run_controller.h"
#include "shell/document_files.h"
#include "shell/notice_bar.h"
#include "shell/recovery.h"
#include "shell/start_page.h"

#include <QFile>

namespace millrace::studio {

Leftovers::Leftovers(RecoveryCopy& recovery, DocumentFiles& files, StartPage& start, NoticeBar& notice, QObject* parent)
    : QObject(parent), recovery_(recovery), files_(files), start_(start), notice_(notice) {
    connect(&start, &StartPage::recoverWanted, this, &Leftovers::recover);
    connect(&start, &StartPage::discardWanted, this, &Leftovers::discard);
}

void Leftovers::offer() {
    const QList<Recovered> left = recovery_.leftovers();
    start_.setLeftovers(left);
    if (left.isEmpty() || !files_.isOpen()) return;
    const QString file = left.first().file;
    notice_.tell(NoticeBar::About::leftovers, changedText(left.first()),
                 {{tr("Recover"), [this, file] { recover(file); }}, {tr("Discard"), [this, file] { discard(file); }}});
}

void Leftovers::recover(const QString& file) {
    for (const Recovered& one : recovery_.leftovers()) {
        if (one.file != file || !files_.recover(one.path, one.text, one.runFolder)) continue;
        recovery_.keepNow(); // before the old copy goes
        QFile::remove(file);
    }
    start_.setLeftovers(recovery_.leftovers());
}

void Leftovers::discard(const QString& file) {
    for (const Recovered& one : recovery_.leftovers())
        if (one.file == file) RunController::deleteUntitled(one.runFolder);
    QFile::remove(file);
    start_.setLeftovers(recovery_.leftovers());
}

} // namespace millrace::studio
