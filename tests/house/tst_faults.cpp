// docs/faults.md names a test for each fault: those that are not there prove nothing.
#include "support/test_program.h"

#include <QFile>
#include <QRegularExpression>
#include <QtTest>

namespace {

QString contentOf(const QString& path) {
    QFile file(QStringLiteral(MILLRACE_SOURCE_DIR "/") + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

class TestFaults : public QObject {
    Q_OBJECT
private slots:
    void eachTestThatIsNamedIsThere() {
        static const QRegularExpression pair("`(tests/[a-z_/]+\\.cpp)` `(\\w+)`");
        QStringList missing;
        int named = 0;
        for (auto found = pair.globalMatch(contentOf("docs/faults.md")); found.hasNext(); ++named) {
            const auto test = found.next();
            const QRegularExpression declared("\\bvoid " + test.captured(2) + "\\(\\)");
            if (!contentOf(test.captured(1)).contains(declared)) missing << test.captured(1) + " " + test.captured(2);
        }
        QVERIFY2(named > 20, qPrintable(QString::number(named)));
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join('\n')));
    }
};

MILLRACE_TEST(TestFaults)
#include "tst_faults.moc"
