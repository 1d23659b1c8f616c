#pragma once

#include <QMap>
#include <QSet>
#include <QString>
#include <QStringList>

/// What the sources say about the house. Paths of files are as in includes: "broker/groups/group.h".
namespace millrace::house {

using Arrows = QMap<QString, QSet<QString>>;

QString contentOf(const QString& path);

/// One `#include "…"` of a file of ours.
struct Include {
    QString file, target;
};
/// Of all files below `root` (engine/ or ui/).
QList<Include> includesBelow(const QString& root);

/// `millrace_library(wire LINKS base PRIVATE …)` → wire: {base}, of both CMake files; folders of ui/ as "ui_canvas".
Arrows declaredArrows();

/// What is reached through another is allowed.
QSet<QString> reachable(const Arrows& arrows, const QString& from);
/// A way from a node back to itself, "a → b → a"; empty: there is none.
QString circleIn(const Arrows& arrows);

} // namespace millrace::house
