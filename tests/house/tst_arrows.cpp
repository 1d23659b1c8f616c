// Compares what the sources include with the arrows that the CMake files declare.
#include "support/test_program.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QtTest>

namespace {

using Arrows = QMap<QString, QSet<QString>>;

QString contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// `millrace_library(wire LINKS base PRIVATE …)` → wire: {base}.
Arrows declaredIn(const QString& cmakeFile) {
    Arrows arrows;
    static const QRegularExpression line("^millrace_library\\((\\w+)([^)]*)\\)", QRegularExpression::MultilineOption);
    for (auto match = line.globalMatch(contentOf(cmakeFile)); match.hasNext();) {
        const auto found = match.next();
        const QStringList words = found.captured(2).split(' ', Qt::SkipEmptyParts);
        QSet<QString>& links = arrows[found.captured(1)];
        bool inLinks = false;
        for (const QString& word : words) {
            if (word == word.toUpper()) inLinks = word == "LINKS";
            else if (inLinks) links.insert(word.startsWith("ui_") ? word.mid(3) : word);
        }
    }
    return arrows;
}

/// What is reached through another is allowed.
QSet<QString> reachable(const Arrows& arrows, const QString& folder) {
    QSet<QString> seen;
    QStringList queue(arrows.value(folder).begin(), arrows.value(folder).end());
    while (!queue.isEmpty()) {
        const QString next = queue.takeFirst();
        if (seen.contains(next)) continue;
        seen.insert(next);
        queue.append(QStringList(arrows.value(next).begin(), arrows.value(next).end()));
    }
    return seen;
}

/// Includes of our own folders in the files below `root/folder`, as "file: folder".
QStringList strayIncludes(const QString& root, const QString& folder, const QSet<QString>& allowed,
                          const QSet<QString>& known) {
    static const QRegularExpression include("^\\s*#include\\s+\"(\\w+)/", QRegularExpression::MultilineOption);
    QStringList stray;
    QDirIterator files(root + '/' + folder, {"*.h", "*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        for (auto match = include.globalMatch(contentOf(path)); match.hasNext();) {
            const QString target = match.next().captured(1);
            if (known.contains(target) && target != folder && !allowed.contains(target))
                stray << QString("%1 includes %2/").arg(QDir(root).relativeFilePath(path), target);
        }
    }
    return stray;
}

} // namespace

class TestArrows : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        source_ = QStringLiteral(MILLRACE_SOURCE_DIR);
        arrows_ = declaredIn(source_ + "/engine/CMakeLists.txt");
        const Arrows ui = declaredIn(source_ + "/ui/CMakeLists.txt");
        QVERIFY2(arrows_.size() >= 10 && ui.size() >= 5, "the folder table was not understood");
        for (auto it = ui.begin(); it != ui.end(); ++it) arrows_[it.key()] = it.value();
        known_ = QSet<QString>(arrows_.keyBegin(), arrows_.keyEnd());
    }

    void everyIncludeFollowsADeclaredArrow() {
        QStringList stray;
        for (auto it = arrows_.begin(); it != arrows_.end(); ++it) {
            const QSet<QString> allowed = reachable(arrows_, it.key());
            stray << strayIncludes(source_ + "/engine", it.key(), allowed, known_)
                  << strayIncludes(source_ + "/ui", it.key(), allowed, known_);
        }
        QVERIFY2(stray.isEmpty(), qPrintable(stray.join('\n')));
    }

    void noArrowPointsBack() {
        for (auto it = arrows_.begin(); it != arrows_.end(); ++it)
            QVERIFY2(!reachable(arrows_, it.key()).contains(it.key()), qPrintable(it.key() + " reaches itself"));
    }

    void theEngineKnowsNoQt() {
        static const QRegularExpression qt("#include\\s+<Q");
        QDirIterator files(source_ + "/engine", {"*.h", "*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            QVERIFY2(!contentOf(path).contains(qt), qPrintable(path));
        }
    }

    void socketsAndAsioLiveOnlyInNet() {
        static const QRegularExpression sockets("#include\\s+<(boost/(asio|beast)|sys/socket|netinet|sys/epoll)");
        QDirIterator files(source_ + "/engine", {"*.h", "*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            if (path.contains("/engine/net/")) continue;
            QVERIFY2(!contentOf(path).contains(sockets), qPrintable(path));
        }
    }

private:
    QString source_;
    Arrows arrows_;
    QSet<QString> known_;
};

MILLRACE_TEST(TestArrows)
#include "tst_arrows.moc"
