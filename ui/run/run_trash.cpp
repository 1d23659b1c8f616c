#include "run/run_trash.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

namespace millrace::studio {

namespace {

bool removeWhole(const QFileInfo& entry) {
    if (entry.isSymLink() || !entry.isDir()) return QFile::remove(entry.filePath());
    return QDir(entry.filePath()).removeRecursively();
}

/// What an earlier program did not come to goes too. Returns what could not be deleted.
QString emptyOut(const QString& place) {
    QString left;
    for (const QFileInfo& entry :
         QDir(place).entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot))
        if (!removeWhole(entry)) left = entry.filePath();
    return left;
}

} // namespace

RunTrash::RunTrash(QObject* parent) : QObject(parent) {
    thread_.setMaxThreadCount(1);
}

RunTrash& RunTrash::ofProgram() {
    QCoreApplication* program = QCoreApplication::instance();
    auto* trash = program->findChild<RunTrash*>(QString(), Qt::FindDirectChildrenOnly);
    return trash ? *trash : *new RunTrash(program);
}

bool RunTrash::take(const QString& folder, const QString& place) {
    const QString moved = place + QLatin1Char('/') + QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (!QDir().mkpath(place) || !QDir().rename(folder, moved)) return false;
    thread_.start([this, place] {
        const QString left = emptyOut(place);
        QMetaObject::invokeMethod(
            this, [this, left] { emit emptied(left); }, Qt::QueuedConnection);
    });
    return true;
}

} // namespace millrace::studio
