#include "catalog/component_spec.h"
#include "catalog/finding_texts.h"
#include "support/test_program.h"

#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QXmlStreamReader>
#include <QtTest>

using millrace::Sentence;
using namespace millrace::catalog;

namespace {

QString text(std::string_view view) {
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

/// source → translation of one context of a Qt Linguist file.
QMap<QString, QString> readContext(const QString& path, const QString& wanted) {
    QMap<QString, QString> translations;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return translations;
    QXmlStreamReader xml(&file);
    QString context, source;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement()) continue;
        if (xml.name() == QLatin1String("name"))
            context = xml.readElementText();
        else if (xml.name() == QLatin1String("source"))
            source = xml.readElementText();
        else if (xml.name() == QLatin1String("translation") && context == wanted) {
            const bool finished = xml.attributes().value("type").isEmpty();
            translations[source] = finished ? xml.readElementText() : QString();
        }
    }
    return xml.hasError() ? QMap<QString, QString>() : translations;
}

/// The arguments that a translation has to use as well.
QStringList placeholders(const QString& sentence) {
    static const QRegularExpression kPlaceholder("%[1-9]");
    QStringList found;
    for (auto it = kPlaceholder.globalMatch(sentence); it.hasNext();)
        found << it.next().captured();
    found.sort();
    found.removeDuplicates();
    return found;
}

bool isChinese(const QString& sentence) {
    return std::any_of(sentence.begin(), sentence.end(), [](QChar c) { return c.script() == QChar::Script_Han; });
}

} // namespace

class TestTranslation : public QObject {
    Q_OBJECT

    const QString path_ = QStringLiteral(MILLRACE_SOURCE_DIR "/translations/catalog_zh_CN.ts");

private slots:
    void everyHelpTextHasItsChinese() {
        const auto translations = readContext(path_, "catalog");
        QStringList missing;
        for (const std::string_view help : helpTexts()) {
            if (!isChinese(translations.value(text(help)))) missing << text(help);
        }
        QCOMPARE(missing, QStringList());
        QCOMPARE(std::size_t(translations.size()), helpTexts().size());
    }

    void sentencesStaySentences() {
        const auto translations = readContext(path_, "catalog");
        for (auto it = translations.begin(); it != translations.end(); ++it) {
            QVERIFY2(it.key().endsWith('.') == it.value().endsWith(QChar(0x3002)), it.key().toUtf8());
        }
    }

    void everyFindingHasItsChinese() {
        const auto translations = readContext(path_, "diagnostics");
        QCOMPARE(std::size_t(translations.size()), findingTexts().size());
        for (const Sentence& finding : findingTexts()) {
            const QString chinese = translations.value(text(finding.code));
            QVERIFY2(isChinese(chinese), finding.code.data());
            QCOMPARE(placeholders(chinese), placeholders(text(finding.text)));
        }
    }
};

MILLRACE_TEST(TestTranslation)
#include "tst_translation.moc"
