#include "catalog/finding_texts.h"
#include "session/sentences.h"
#include "support/test_program.h"
#include "topology/checks/diagnostic_texts.h"
#include "topology/text/edit_errors.h"

#include <QDir>
#include <QLibraryInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest>

namespace {

struct Message {
    QString context, source, comment, translation, state;
};

QList<Message> readTs(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) qFatal("cannot read %s", qPrintable(path));
    QList<Message> messages;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        if (xml.name() == u"name")
            context = xml.readElementText();
        else if (xml.name() == u"message")
            messages.append({context, {}, {}, {}, {}});
        else if (xml.name() == u"source")
            messages.last().source = xml.readElementText();
        else if (xml.name() == u"comment")
            messages.last().comment = xml.readElementText();
        else if (xml.name() == u"translation") {
            messages.last().state = xml.attributes().value(QLatin1String("type")).toString();
            messages.last().translation = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
        }
    }
    return messages;
}

QString tsFile(const QString& name) {
    return QStringLiteral(MILLRACE_SOURCE_DIR "/translations/") + name;
}

QStringList keysOf(const QString& path) {
    QStringList keys;
    for (const Message& message : readTs(path))
        keys.append(message.context + QLatin1Char('|') + message.source + QLatin1Char('|') + message.comment);
    keys.sort();
    return keys;
}

/// "%1", "%n" and so on, sorted.
QStringList placeholders(const QString& text) {
    static const QRegularExpression marker(QStringLiteral("%(\\d|n)"));
    QSet<QString> found;
    for (auto it = marker.globalMatch(text); it.hasNext();)
        found.insert(it.next().captured());
    QStringList sorted(found.begin(), found.end());
    sorted.sort();
    return sorted;
}

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT

private slots:
    /// Agent, Sink and Broker stay English, as in every console; Source and Channel have a Chinese gloss in brackets.
    void chineseUsesTheWordsOfTheField_data() {
        QTest::addColumn<QString>("file");
        for (const char* file : {"millrace_zh_CN.ts", "diagnostics_zh_CN.ts", "catalog_zh_CN.ts"})
            QTest::newRow(file) << QString::fromLatin1(file);
    }
    void chineseUsesTheWordsOfTheField() {
        QFETCH(QString, file);
        static const QRegularExpression others(
            QStringLiteral("代理|接收器|消费者组|消费分组|位移|事件头|事件体|(?<!（)数据源|(?<!（)通道"));
        for (const Message& message : readTs(tsFile(file)))
            QVERIFY2(!message.translation.contains(others), qPrintable(message.translation));
    }

    void nothingIsLeftUntranslated_data() {
        QTest::addColumn<QString>("file");
        for (const char* file : {"millrace_zh_CN.ts", "millrace_en.ts", "diagnostics_zh_CN.ts", "catalog_zh_CN.ts", "widgets_zh_CN.ts"})
            QTest::newRow(file) << QString::fromLatin1(file);
    }
    void nothingIsLeftUntranslated() {
        QFETCH(QString, file);
        const auto messages = readTs(tsFile(file));
        QVERIFY(!messages.isEmpty());
        for (const Message& message : messages) {
            QVERIFY2(message.state.isEmpty(), qPrintable(message.source + QLatin1Char(' ') + message.state));
            QVERIFY2(!message.translation.isEmpty(), qPrintable(message.source));
        }
    }

    void placeholdersSurvive() {
        for (const Message& message : readTs(tsFile(QStringLiteral("millrace_zh_CN.ts"))))
            QVERIFY2(placeholders(message.source) == placeholders(message.translation), qPrintable(message.source));
    }

    void theSourcesHoldNoTextThatIsNotInTheFile_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<bool>("pluralsOnly");
        QTest::newRow("Chinese") << "millrace_zh_CN.ts" << false;
        QTest::newRow("English plurals") << "millrace_en.ts" << true;
    }
    void theSourcesHoldNoTextThatIsNotInTheFile() {
        QFETCH(QString, file);
        QFETCH(bool, pluralsOnly);
        const QString lupdate = QLibraryInfo::path(QLibraryInfo::BinariesPath) + QStringLiteral("/lupdate");
        if (!QFile::exists(lupdate)) QSKIP("lupdate is not installed");
        QTemporaryDir folder;
        const QString copy = folder.filePath(file);
        QVERIFY(QFile::copy(tsFile(file), copy));
        QProcess process;
        QStringList arguments{QStringLiteral(MILLRACE_SOURCE_DIR "/ui"), QStringLiteral("-ts"), copy,
                              QStringLiteral("-no-obsolete"), QStringLiteral("-silent")};
        if (pluralsOnly) arguments.append(QStringLiteral("-pluralonly"));
        process.start(lupdate, arguments);
        QVERIFY2(process.waitForFinished(-1), qPrintable(process.errorString()));
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(keysOf(copy), keysOf(tsFile(file)));
    }

    void everySentenceOfTheEngineIsTranslated() {
        QHash<QString, QString> sentences;
        for (const Message& message : readTs(tsFile(QStringLiteral("diagnostics_zh_CN.ts"))))
            sentences.insert(message.source, message.translation);
        const auto check = [&sentences](std::string_view code, std::string_view text) {
            const QString name = QString::fromUtf8(code.data(), static_cast<qsizetype>(code.size()));
            const QString english = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
            QVERIFY2(sentences.contains(name), qPrintable(name));
            QVERIFY2(placeholders(english) == placeholders(sentences.take(name)), qPrintable(name));
        };
        for (const auto& text : millrace::catalog::findingTexts())
            check(text.code, text.text);
        for (const auto& text : millrace::topology::allDiagnosticTexts())
            check(text.code, text.text);
        for (const auto& text : millrace::topology::allFixItTexts())
            check(text.code, text.text);
        for (const auto& text : millrace::topology::allRefusalTexts())
            check(text.code, text.text);
        for (const auto& text : millrace::session::allSentences())
            check(text.code, text.text);
        QVERIFY2(sentences.isEmpty(), qPrintable(sentences.keys().join(QLatin1Char(' '))));
    }
};

MILLRACE_TEST(TestTranslations)
#include "tst_translations.moc"
