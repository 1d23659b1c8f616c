#include "house/support/includes.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

namespace millrace::house {
namespace {

void readLibraries(const QString& cmakeFile, const QString& prefix, Arrows& arrows) {
    static const QRegularExpression line("^millrace_library\\((\\w+)([^)]*)\\)", QRegularExpression::MultilineOption);
    for (auto match = line.globalMatch(contentOf(cmakeFile)); match.hasNext();) {
        const auto found = match.next();
        QSet<QString>& links = arrows[prefix + found.captured(1)];
        bool inLinks = false;
        for (const QString& word : found.captured(2).split(QRegularExpression("\\s+"), Qt::SkipEmptyParts)) {
            if (word == word.toUpper()) inLinks = word == "LINKS";
            else if (inLinks) links.insert(word);
        }
    }
}

QString circleFrom(const Arrows& arrows, const QString& node, QStringList& way, QSet<QString>& done) {
    if (const auto at = way.indexOf(node); at >= 0) return (way.mid(at) << node).join(" → ");
    if (done.contains(node)) return {};
    way << node;
    for (const QString& next : arrows.value(node))
        if (const QString circle = circleFrom(arrows, next, way, done); !circle.isEmpty()) return circle;
    way.removeLast();
    done << node;
    return {};
}

} // namespace

QString contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QList<Include> includesBelow(const QString& root) {
    static const QRegularExpression include("^\\s*#include\\s+\"([^\"]+)\"", QRegularExpression::MultilineOption);
    QList<Include> all;
    QDirIterator files(root, {"*.h", "*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        for (auto match = include.globalMatch(contentOf(path)); match.hasNext();)
            all << Include{QDir(root).relativeFilePath(path), match.next().captured(1)};
    }
    return all;
}

Arrows declaredArrows() {
    Arrows arrows;
    readLibraries(QStringLiteral(MILLRACE_SOURCE_DIR "/engine/CMakeLists.txt"), "", arrows);
    readLibraries(QStringLiteral(MILLRACE_SOURCE_DIR "/ui/CMakeLists.txt"), "ui_", arrows);
    return arrows;
}

QSet<QString> reachable(const Arrows& arrows, const QString& from) {
    QSet<QString> seen;
    QStringList queue(arrows.value(from).begin(), arrows.value(from).end());
    while (!queue.isEmpty()) {
        const QString next = queue.takeFirst();
        if (seen.contains(next)) continue;
        seen.insert(next);
        queue.append(QStringList(arrows.value(next).begin(), arrows.value(next).end()));
    }
    return seen;
}

QString circleIn(const Arrows& arrows) {
    QSet<QString> done;
    for (auto it = arrows.begin(); it != arrows.end(); ++it) {
        QStringList way;
        if (const QString circle = circleFrom(arrows, it.key(), way, done); !circle.isEmpty()) return circle;
    }
    return {};
}

} // namespace millrace::house
