#pragma once

#include <QFile>
#include <QString>
#include <QStringList>
#include <QtGlobal>

#include <filesystem>
#include <string>

namespace millrace::flume::test {

/// The n-th program of docs/custom-components.md, from 0, as it stands there.
inline QString documentedProgram(int n) {
    QFile page(QStringLiteral(MILLRACE_SOURCE_DIR "/docs/custom-components.md"));
    if (!page.open(QIODevice::ReadOnly)) qFatal("the page is missing");
    const QStringList parts = QString::fromUtf8(page.readAll()).split("```python\n");
    if (parts.size() <= n + 1) qFatal("the page has no program %d", n);
    return parts[n + 1].section("```", 0, 0);
}

/// Writes a program to be started by "python3 <name>" in `directory`.
inline void writeScript(const std::filesystem::path& directory, const std::string& name, const QString& text) {
    QFile file(QString::fromStdString((directory / name).string()));
    if (!file.open(QIODevice::WriteOnly)) qFatal("%s cannot be written", name.c_str());
    file.write(text.toUtf8());
}

} // namespace millrace::flume::test
