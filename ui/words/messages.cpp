#include "words/messages.h"

#include "session/sentences.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace millrace::studio {

namespace {

/// What operating systems answer when they refuse; it comes in English as an argument.
constexpr const char* kSystemWords[] = {
    QT_TRANSLATE_NOOP("SystemWords", "Address already in use"),
    QT_TRANSLATE_NOOP("SystemWords", "Broken pipe"),
    QT_TRANSLATE_NOOP("SystemWords", "Cannot assign requested address"),
    QT_TRANSLATE_NOOP("SystemWords", "Connection refused"),
    QT_TRANSLATE_NOOP("SystemWords", "Connection reset by peer"),
    QT_TRANSLATE_NOOP("SystemWords", "Connection timed out"),
    QT_TRANSLATE_NOOP("SystemWords", "Disk quota exceeded"),
    QT_TRANSLATE_NOOP("SystemWords", "File exists"),
    QT_TRANSLATE_NOOP("SystemWords", "File name too long"),
    QT_TRANSLATE_NOOP("SystemWords", "Input/output error"),
    QT_TRANSLATE_NOOP("SystemWords", "Is a directory"),
    QT_TRANSLATE_NOOP("SystemWords", "Network is unreachable"),
    QT_TRANSLATE_NOOP("SystemWords", "No route to host"),
    QT_TRANSLATE_NOOP("SystemWords", "No space left on device"),
    QT_TRANSLATE_NOOP("SystemWords", "No such file or directory"),
    QT_TRANSLATE_NOOP("SystemWords", "Not a directory"),
    QT_TRANSLATE_NOOP("SystemWords", "Operation not permitted"),
    QT_TRANSLATE_NOOP("SystemWords", "Permission denied"),
    QT_TRANSLATE_NOOP("SystemWords", "Read-only file system"),
    QT_TRANSLATE_NOOP("SystemWords", "Too many open files"),
};

/// Kinds of components come in English as arguments too.
QString argumentText(const std::string& argument) {
    for (const char* kind : {"source", "channel", "sink", "sink group", "agent", "cluster", "topic", "traffic", "note"})
        if (argument == kind) return QCoreApplication::translate("NodeWords", kind);
    for (const char* word : kSystemWords)
        if (argument == word) return QCoreApplication::translate("SystemWords", word);
    return QString::fromStdString(shortened(argument));
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

QString messageOf(const session::Issue& issue) {
    return textOf(issue.code, issue.arguments, issue.message);
}

QString messageOf(const session::NodeSnapshot& node) {
    return textOf(node.messageCode, node.messageArguments, node.message);
}

QString messageOf(const session::ClusterSnapshot& cluster) {
    return textOf(cluster.messageCode, cluster.messageArguments, cluster.message);
}

QString messageOf(const Error& error) {
    const Error said = session::spoken(error);
    return textOf(said.sentence, said.arguments, said.message);
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
