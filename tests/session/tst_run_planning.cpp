#include "session/run_planning.h"
#include "support/test_program.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace millrace;
using namespace millrace::session;

class TestRunPlanning : public QObject {
    Q_OBJECT
private slots:
    void aConfigFilterAsksItsCommand_data() {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<QByteArray>("port");
        QTest::addColumn<QByteArray>("code"); // empty: no problem
        QTest::newRow("the first line counts") << QByteArray("./says 4141") << QByteArray("4141") << QByteArray();
        QTest::newRow("nothing is printed")
            << QByteArray("true") << QByteArray() << QByteArray("filter-without-answer");
        QTest::newRow("it ends badly") << QByteArray("false") << QByteArray() << QByteArray("filter-without-answer");
        QTest::newRow("there is no such program")
            << QByteArray("/no/such/program") << QByteArray() << QByteArray("filter-without-answer");
    }
    void aConfigFilterAsksItsCommand() {
        QFETCH(QByteArray, command);
        QFETCH(QByteArray, port);
        QFETCH(QByteArray, code);
        QTemporaryDir directory;
        QFile script(directory.filePath("says"));
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("#!/bin/sh\n[ \"$2\" = PORT ] && printf '%s\\r\\nmore\\n' \"$1\"\n");
        script.close();
        script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        StartRequest request;
        request.runDirectory = directory.path().toStdString();
        const topology::RunPlan plan =
            planOf("a.sources=s\na.channels=c\na.channels.c.type=memory\na.sources.s.channels=c\n"
                   "a.sources.s.type=netcat\na.sources.s.bind=h\na.sources.s.port=${f['PORT']}\n"
                   "a.configfilters=f\na.configfilters.f.type=external\na.configfilters.f.command=" +
                       command.toStdString() + "\n",
                   request);
        const bool runs = !plan.agents.empty() && !plan.agents[0].sources.empty();
        QCOMPARE(runs, !port.isEmpty());
        if (runs) QCOMPARE(QByteArray::fromStdString(plan.agents[0].sources[0].properties.at("port")), port);
        const bool told = std::any_of(plan.diagnostics.begin(), plan.diagnostics.end(),
                                      [&](const topology::Diagnostic& d) { return d.code == code.toStdString(); });
        QCOMPARE(told, !code.isEmpty());
    }
};

MILLRACE_TEST(TestRunPlanning)
#include "tst_run_planning.moc"
