#pragma once

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>

namespace millrace::studio {

/// What the program remembers from one start to the next. One place for every key and its default.
class AppSettings {
public:
    /// The user's own.
    AppSettings() : settings_(u"millrace"_qs, u"studio"_qs) {}
    /// In a file of its own (tests).
    explicit AppSettings(const QString& file) : settings_(file, QSettings::IniFormat) {}

    QString theme() const { return settings_.value(u"look/theme"_qs, u"system"_qs).toString(); }
    void setTheme(const QString& theme) { settings_.setValue(u"look/theme"_qs, theme); }
    bool reducedMotion() const { return settings_.value(u"look/reducedMotion"_qs, false).toBool(); }
    void setReducedMotion(bool reduced) { settings_.setValue(u"look/reducedMotion"_qs, reduced); }
    bool wheelScrolls() const { return settings_.value(u"canvas/wheelScrolls"_qs, false).toBool(); }
    void setWheelScrolls(bool scrolls) { settings_.setValue(u"canvas/wheelScrolls"_qs, scrolls); }
    /// "en", "zh_CN"; empty = the system's.
    QString language() const { return settings_.value(u"look/language"_qs).toString(); }
    void setLanguage(const QString& language) { settings_.setValue(u"look/language"_qs, language); }

    /// Keys of commands that the user changed, by their ids; empty = as declared.
    QHash<QString, QString> keys() const;
    void setKeys(const QString& command, const QString& keys);

    QByteArray geometry() const { return settings_.value(u"window/geometry"_qs).toByteArray(); }
    /// How the panels stood, and what for.
    struct Panels {
        QByteArray state;
        bool hadRoom = true; ///< the window had room for what is open at the first start
        bool forced = false; ///< it had not, and nobody wanted them as they stood
    };
    Panels panels() const {
        return {settings_.value(u"window/panels"_qs).toByteArray(),
                settings_.value(u"window/panelsHadRoom"_qs, true).toBool(),
                settings_.value(u"window/panelsForced"_qs, false).toBool()};
    }
    void setWindow(const QByteArray& geometry, const Panels& panels) {
        settings_.setValue(u"window/geometry"_qs, geometry);
        settings_.setValue(u"window/panels"_qs, panels.state);
        settings_.setValue(u"window/panelsHadRoom"_qs, panels.hadRoom);
        settings_.setValue(u"window/panelsForced"_qs, panels.forced);
    }

    /// Newest first, at most ten.
    QStringList recentFiles() const { return settings_.value(u"files/recent"_qs).toStringList(); }
    void addRecentFile(const QString& path);
    void removeRecentFile(const QString& path);
    /// Fingerprints of texts that the user saved here or agreed to run.
    bool isTrusted(const QByteArray& fingerprint) const;
    void trust(const QByteArray& fingerprint);

private:
    QSettings settings_;
};

} // namespace millrace::studio
