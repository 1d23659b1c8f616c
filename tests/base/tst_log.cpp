#include "base/log.h"
#include "support/test_program.h"

#include <QRegularExpression>
#include <QTemporaryFile>
#include <QtTest>

#include <unistd.h>

using namespace millrace;

class LogTest : public QObject {
    Q_OBJECT
private slots:
    void aLineOfStderrSaysWhenHowGraveWhereAndWhat_data() {
        QTest::addColumn<LogLevel>("level");
        QTest::addColumn<QString>("node");
        QTest::addColumn<QString>("line");
        QTest::newRow("of a node") << LogLevel::warning << "web/sinks/k"
                                   << "TIME warning web/sinks/k: 50 % {} done\n";
        QTest::newRow("of nobody") << LogLevel::error << ""
                                   << "TIME error 50 % {} done\n";
        QTest::newRow("for developers") << LogLevel::debug << "web/sinks/k"
                                        << "";
    }
    void aLineOfStderrSaysWhenHowGraveWhereAndWhat() {
        QFETCH(LogLevel, level);
        QFETCH(QString, node);
        QFETCH(QString, line);
        QTemporaryFile file;
        QVERIFY(file.open());
        const int before = ::dup(STDERR_FILENO);
        QVERIFY(::dup2(file.handle(), STDERR_FILENO) >= 0);
        stderrLog().write(level, node.toStdString(), "50 % {} done");
        QVERIFY(::dup2(before, STDERR_FILENO) >= 0);
        ::close(before);
        QVERIFY(file.seek(0));
        const QString said = QString::fromUtf8(file.readAll());
        QCOMPARE(QString(said).replace(QRegularExpression("^\\d\\d:\\d\\d:\\d\\d\\.\\d{3}"), "TIME"), line);
    }
};

MILLRACE_TEST(LogTest)
#include "tst_log.moc"
