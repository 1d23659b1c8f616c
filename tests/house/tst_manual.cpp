#include "support/test_program.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

namespace {

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no file");
}

} // namespace

/// The reference pages under docs/ are printed from the declarations: whoever changes one prints them again.
class ManualTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        QProcess manual;
        manual.start(MILLRACE_BINARY_DIR "/bin/millraced", {"manual", printed_.path()});
        QVERIFY(manual.waitForFinished(-1));
        QCOMPARE(manual.exitCode(), 0);
    }

    void thePagesAreWhatTheProgramPrints_data() {
        QTest::addColumn<QString>("page");
        QTest::newRow("kafka-coverage.md") << "kafka-coverage.md";
        for (const QString& name : namesIn(printed_.path()))
            QTest::newRow(qPrintable(name)) << "components/" + name;
    }
    void thePagesAreWhatTheProgramPrints() {
        QFETCH(QString, page);
        const bool same = contentOf(docs() + page) == contentOf(printed_.filePath(page));
        QVERIFY2(same, qPrintable("docs/" + page + " is another: run millraced manual docs"));
    }

    void noPageIsLeftOver() { QCOMPARE(namesIn(docs()), namesIn(printed_.path())); }

private:
    static QString docs() { return QStringLiteral(MILLRACE_SOURCE_DIR "/docs/"); }
    static QStringList namesIn(const QString& directory) {
        return QDir(directory + "/components").entryList(QDir::Files, QDir::Name);
    }
    QTemporaryDir printed_;
};

MILLRACE_TEST(ManualTest)
#include "tst_manual.moc"
