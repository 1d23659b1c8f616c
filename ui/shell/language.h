#pragma once

#include <QObject>
#include <QTranslator>

#include <memory>
#include <vector>

namespace millrace::studio {

/// The language of the program's texts and numbers. Switching sends LanguageChange to every widget. GUI thread only; at
/// most one at a time.
class Language : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    ~Language() override;
    struct Choice {
        QString code; ///< empty: the system's
        QString name; ///< in its own language
    };
    static QList<Choice> choices();
    /// Returns the code that is in force then: what is not translated falls back to English.
    QString choose(const QString& code);

private:
    std::vector<std::unique_ptr<QTranslator>> installed_;
};

} // namespace millrace::studio
