#include "shell/app_settings.h"

namespace millrace::studio {

namespace {
constexpr int kMostRecent = 10, kMostTrusted = 500;
}

QHash<QString, QString> AppSettings::keys() const {
    QHash<QString, QString> all;
    const QString group = u"keys/"_qs;
    for (const QString& key : settings_.allKeys())
        if (key.startsWith(group)) all.insert(key.mid(group.size()), settings_.value(key).toString());
    return all;
}

void AppSettings::setKeys(const QString& command, const QString& keys) {
    const QString key = u"keys/"_qs + command;
    if (keys.isEmpty())
        settings_.remove(key);
    else
        settings_.setValue(key, keys);
}

void AppSettings::addRecentFile(const QString& path) {
    QStringList files = recentFiles();
    files.removeAll(path);
    files.prepend(path);
    settings_.setValue(u"files/recent"_qs, files.mid(0, kMostRecent));
}

void AppSettings::removeRecentFile(const QString& path) {
    QStringList files = recentFiles();
    files.removeAll(path);
    settings_.setValue(u"files/recent"_qs, files);
}

bool AppSettings::isTrusted(const QByteArray& fingerprint) const {
    return settings_.value(u"files/trusted"_qs).toStringList().contains(QString::fromLatin1(fingerprint));
}

void AppSettings::trust(const QByteArray& fingerprint) {
    QStringList all = settings_.value(u"files/trusted"_qs).toStringList();
    all.removeAll(QString::fromLatin1(fingerprint));
    all.prepend(QString::fromLatin1(fingerprint));
    settings_.setValue(u"files/trusted"_qs, all.mid(0, kMostTrusted));
}

} // namespace millrace::studio
