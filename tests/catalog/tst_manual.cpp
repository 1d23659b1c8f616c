#include "catalog/component_spec.h"
#include "catalog/pages/manual.h"
#include "support/test_program.h"

#include <QDir>
#include <QtTest>

#include <set>

using namespace millrace::catalog;

namespace {

QString committed(const QString& fileName) {
    QFile file(QStringLiteral(MILLRACE_SOURCE_DIR "/docs/components/") + fileName);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The first line in which two pages differ, so that a failure shows it and not two whole pages.
QString firstDifference(const QString& actual, const QString& expected) {
    const QStringList left = actual.split('\n'), right = expected.split('\n');
    for (qsizetype i = 0; i < std::max(left.size(), right.size()); ++i) {
        if (left.value(i) != right.value(i) || (i < left.size()) != (i < right.size())) {
            return QString("line %1: committed '%2', declared '%3'").arg(i + 1).arg(left.value(i), right.value(i));
        }
    }
    return {};
}

} // namespace

class TestManual : public QObject {
    Q_OBJECT
private slots:
    void theCommittedPagesAreWhatTheDeclarationsSay_data() {
        QTest::addColumn<QString>("fileName");
        QTest::addColumn<QString>("text");
        for (const ManualPage& page : manualPages()) {
            const QString fileName = QString::fromStdString(page.fileName);
            QTest::newRow(fileName.toUtf8()) << fileName << QString::fromStdString(page.text);
        }
    }
    void theCommittedPagesAreWhatTheDeclarationsSay() {
        QFETCH(QString, fileName);
        QFETCH(QString, text);
        QCOMPARE(firstDifference(committed(fileName), text), QString());
    }

    void noOtherPageIsLeftOver() {
        std::set<QString> printed;
        for (const ManualPage& page : manualPages())
            printed.insert(QString::fromStdString(page.fileName));
        const auto entries = QDir(QStringLiteral(MILLRACE_SOURCE_DIR "/docs/components")).entryList(QDir::Files);
        const std::set<QString> present(entries.begin(), entries.end());
        QCOMPARE(present, printed);
    }

    void everyPropertyOfEveryComponentIsPrinted() {
        std::string all;
        for (const ManualPage& page : manualPages())
            all += page.text;
        for (const ComponentSpec* spec : flumeCatalog().components()) {
            QVERIFY(all.find("`" + std::string(spec->className) + "`") != std::string::npos);
            for (const PropertySpec& property : spec->properties) {
                QVERIFY2(all.find("`" + std::string(property.name) + "`") != std::string::npos, property.name.data());
            }
        }
    }
};

MILLRACE_TEST(TestManual)
#include "tst_manual.moc"
