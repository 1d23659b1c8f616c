#include "shell/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace millrace::studio {

namespace {
const QString kFolder = QStringLiteral(":/i18n");
}

Language::~Language() {
    for (const auto& translator : installed_)
        QCoreApplication::removeTranslator(translator.get());
}

QList<Language::Choice> Language::choices() {
    return {{QString(), QString()},
            {QStringLiteral("en"), QStringLiteral("English")},
            {QStringLiteral("zh_CN"), QStringLiteral("简体中文")}};
}

QString Language::choose(const QString& code) {
    const QLocale locale = code.isEmpty() ? QLocale::system() : QLocale(code);
    const bool chinese = locale.language() == QLocale::Chinese;
    // Widgets hear of the change when a translator comes or goes, so numbers must be right before.
    QLocale::setDefault(locale);
    for (const auto& translator : installed_)
        QCoreApplication::removeTranslator(translator.get());
    installed_.clear();
    const QString suffix = chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
    QList<QPair<QString, QString>> files{{QStringLiteral("millrace_") + suffix, kFolder}};
    if (chinese) {
        files.append({QStringLiteral("catalog_zh_CN"), kFolder});
        files.append({QStringLiteral("diagnostics_zh_CN"), kFolder});
        // What Qt's own dialogs and menus say: ours where Qt's translations are not installed.
        files.append({QStringLiteral("widgets_zh_CN"), kFolder});
        files.append({QStringLiteral("qtbase_zh_CN"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)});
    }
    for (const auto& [name, folder] : files) {
        auto translator = std::make_unique<QTranslator>();
        if (!translator->load(name, folder)) continue;
        QCoreApplication::installTranslator(translator.get());
        installed_.push_back(std::move(translator));
    }
    return suffix;
}

} // namespace millrace::studio
