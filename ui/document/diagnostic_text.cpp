#include "document/diagnostic_text.h"

#include <QCoreApplication>

namespace millrace::studio {

namespace {

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
        text += QString::fromStdString(arguments[number - 1]);
        ++i;
    }
    return text;
}

} // namespace

QString messageOf(const topology::Diagnostic& diagnostic) {
    return textOf(diagnostic.code, diagnostic.arguments, diagnostic.message);
}

QString titleOf(const topology::FixIt& fixIt) {
    return textOf(fixIt.code, fixIt.arguments, fixIt.title);
}

} // namespace millrace::studio
