#pragma once

#include "base/worker_thread.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QLockFile>
#include <QObject>
#include <QString>
#include <QTimer>

#include <atomic>
#include <memory>
#include <string>

namespace millrace::studio {

class DocumentFiles;
class DocumentStore;

/// What a studio that ended without being closed has left of an unsaved document.
struct Recovered {
    QString file; ///< where the copy stands
    QString path; ///< of the document; empty = it had none
    QString title;
    QDateTime changed;
    std::string text;
    QString runFolder; ///< where the runs of a document without a file wrote; else empty
};

/// "untitled, changed 16:20", with the day when that is not today. In the language in force.
QString changedText(const Recovered& recovered);

/// Keeps a copy of the open document while it holds unsaved changes, so that they outlive a studio that is killed.
/// Written at most every few seconds and only after a change, on a thread of its own, since the disk may take its time;
/// gone when the changes are saved or given up. GUI thread only.
class RecoveryCopy : public QObject {
    Q_OBJECT
public:
    /// `folder` is made when first written to; empty = nothing is kept. Store and files must outlive this.
    RecoveryCopy(DocumentStore& store, DocumentFiles& files, QString folder, QObject* parent = nullptr);
    /// Leaves the copy where it is.
    ~RecoveryCopy() override;

    /// Writes what is not saved, and waits until it stands on the disk.
    void keepNow();
    /// The same, and leaves it for the next start whatever happens to the document from now on.
    void leaveForNextStart();
    void discard();
    /// Copies that no running studio keeps, newest first. Files that are no such copy are passed over.
    QList<Recovered> leftovers() const;

private:
    void documentChanged();
    void keep();
    bool worthKeeping() const;

    DocumentStore& store_;
    DocumentFiles& files_;
    QString folder_;
    QString file_; ///< empty: none is kept
    std::shared_ptr<QLockFile> lock_;
    QTimer pace_;
    QElapsedTimer kept_; ///< since the last copy
    bool left_ = false;
    std::atomic<int> writing_{0}; ///< copies that the writer has before it
    WorkerThread writer_{"recovery"}; ///< the only one that touches the file; writes to the end before it goes
};

} // namespace millrace::studio
