#pragma once

#include <QObject>
#include <QString>
#include <QThreadPool>

namespace millrace::studio {

/// Deletes folders of runs, which may hold very much, without anybody waiting: they are moved out of the way at once
/// and deleted on a thread. GUI thread only.
class RunTrash : public QObject {
    Q_OBJECT
public:
    /// The program's: a deletion outlives the window that asked for it. The end of the application waits for it.
    static RunTrash& ofProgram();

    /// Moves `folder` into the folder `place`, on the same disk, all of which is deleted then: emptied() follows. Only
    /// the link is, when it is one. False: it could not be moved and is as it was.
    bool take(const QString& folder, const QString& place);

signals:
    void emptied(const QString& left); ///< what could not be deleted, or empty

private:
    explicit RunTrash(QObject* parent);

    QThreadPool thread_; ///< of one; waits for it at its end
};

} // namespace millrace::studio
