#include "shell/document_notices.h"

#include "document/document_store.h"
#include "shell/notice_bar.h"

namespace millrace::studio {

using About = NoticeBar::About;

DocumentNotices::DocumentNotices(DocumentStore& store, DocumentFiles& files, NoticeBar& notice, QObject* parent)
    : QObject(parent), files_(files), notice_(notice) {
    connect(&store, &DocumentStore::refused, this,
            [this](const QString& reason) { notice_.tell(About::refusal, reason); });
    // What was refused has been done otherwise, or is no matter any more.
    connect(&store, &DocumentStore::changed, this, [this] { notice_.withdraw(About::refusal); });
    connect(&files, &DocumentFiles::loaded, &notice, &QWidget::hide);
    connect(&files, &DocumentFiles::diskChanged, this, &DocumentNotices::tellDisk);
}

void DocumentNotices::tellDisk(DocumentFiles::OnDisk now) {
    using OnDisk = DocumentFiles::OnDisk;
    if (now == OnDisk::same) {
        notice_.withdraw(About::disk);
        return;
    }
    if (now == OnDisk::gone) {
        notice_.tell(About::disk, tr("%1 is not on the disk any more.").arg(files_.title()),
                     {{tr("Save"), [this] { files_.save(); }}});
        return;
    }
    // The version that is kept counts as changed, so that it is asked about before it goes.
    notice_.tell(
        About::disk,
        now == OnDisk::changedHereToo ? tr("%1 was changed by another program, and here too.").arg(files_.title())
                                      : tr("%1 was changed by another program.").arg(files_.title()),
        {{tr("Reload"), [this] { files_.reload(); }}, {tr("Keep this version"), [this] { files_.keepThis(); }}});
}

} // namespace millrace::studio
