#include "document/diagnostic_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace millrace::studio {

namespace {

/// Kinds of components come in English as arguments too.
QString argumentText(const std::string& argument) {
    const QString text = QString::fromStdString(argument);
    for (const char* kind : {"source", "channel", "sink", "sink group"})
        if (argument == kind) return QCoreApplication::translate("NodeWords", kind);
    return text;
}

/// "web.sinks.to-weblog.flumeBatchSize" → "flumeBatchSize".
std::string withoutNode(const std::string& key) {
    static const QRegularExpression path(
        QStringLiteral("^[^.\\s]+\\.(sources|channels|sinks|sinkgroups)\\.[^.\\s]+\\."));
    return QString::fromStdString(key).remove(path).toStdString();
}

QString textOf(const std::string& code, const std::vector<std::string>& arguments, const std::string& english) {
    const QString pattern = QCoreApplication::translate("diagnostics", code.c_str());
    if (code.empty() || pattern == QString::fromStdString(code)) return QString::fromStdString(english);
    // Filled in one pass: an argument may itself contain "%1".
    QString text;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const bool marker = pattern[i] == QLatin1Char('%') && i + 1 < pattern.size() && pattern[i + 1].isDigit();
        const auto number = marker ? static_cast<std::size_t>(pattern[i + 1].digitValue()) : 0;
        if (number < 1 || number > arguments.size()) {
            text += pattern[i];
            continue;
        }
        text += argumentText(arguments[number - 1]);
        ++i;
    }
    return text;
}

} // namespace

QString messageOf(const topology::Diagnostic& diagnostic) {
    return textOf(diagnostic.code, diagnostic.arguments, diagnostic.message);
}

QString titleOf(const topology::FixIt& fixIt) {
    std::vector<std::string> arguments;
    for (const std::string& argument : fixIt.arguments)
        arguments.push_back(withoutNode(argument));
    std::string english = fixIt.title;
    for (std::size_t i = 0; i < arguments.size(); ++i)
        if (const auto at = english.find(fixIt.arguments[i]); at != std::string::npos && !fixIt.arguments[i].empty())
            english.replace(at, fixIt.arguments[i].size(), arguments[i]);
    return textOf(fixIt.code, arguments, english);
}

} // namespace millrace::studio
