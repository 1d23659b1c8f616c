#include "support/test_program.h"
#include "ui_inspector/support/bench.h"

#include "inspector/figure_table.h"
#include "inspector/live_page.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QtTest>

#include <algorithm>

using namespace millrace;
using namespace millrace::studio;
using test::Bench;
using test::kText;

class TestInspector : public QObject {
    Q_OBJECT
private slots:
    void whatARefusedStartTellsStandsAmongTheProblemsOfTheDocument() {
        Bench bench;
        const auto told = [&bench](const QString& words) {
            const auto labels = bench.panel->findChildren<QLabel*>();
            return std::ranges::any_of(labels, [&](const QLabel* label) { return label->text().contains(words); });
        };
        QTRY_VERIFY(told(QStringLiteral("No problems found.")));
        bench.run->start();
        session::Issue issue;
        issue.severity = "error";
        issue.node = "a/sources/in";
        issue.message = "Port 44444 is taken";
        bench.session->answer(false, {issue});
        QTRY_VERIFY(told(QStringLiteral("Port 44444 is taken")));
        QVERIFY(!told(QStringLiteral("No problems found.")));
    }

    void aTypedNameBelongsToTheNodeItWasBegunFor() {
        Bench bench;
        const auto change = [&bench](const char* node, const char* key, const char* value) {
            QVERIFY(bench.store.push(topology::setNodeProperty(bench.store.document(), node, key, value), "edit"));
        };
        change("a/sinks/out", "maxBytesToLog", "5");
        bench.store.select({"a/channels/c"});
        auto* name = bench.panel->findChild<QLineEdit*>(QStringLiteral("nodeName"));
        name->setFocus();
        name->selectAll();
        QTest::keyClicks(name, "buffer");
        bench.store.undoStack().undo(); // selects what it brought back: the sink
        QCOMPARE(bench.store.selection(), QSet<QString>{"a/sinks/out"});
        QCOMPARE(name->text(), QStringLiteral("out"));
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(bench.text(), QByteArray(kText));
    }

    void renamingFollowsEveryMention() {
        Bench bench;
        bench.store.select({"a/channels/c"});
        auto* name = bench.panel->findChild<QLineEdit*>(QStringLiteral("nodeName"));
        name->setFocus();
        name->selectAll();
        QTest::keyClicks(name, "queue");
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY2(bench.text().contains("a.sinks.out.channel = queue\n"), bench.text());
        QVERIFY(bench.store.selection().contains("a/channels/queue"));
    }

    void liveFiguresFollowTheRun() {
        Bench bench;
        bench.store.select({"a/channels/c"});
        bench.panel->showPage(InspectorPanel::Page::live);
        bench.run->start();
        bench.session->answer();
        session::Snapshot snapshot;
        snapshot.running = true;
        session::NodeSnapshot node;
        node.id = "a/channels/c";
        node.state = session::State::waiting;
        node.message = "held up";
        node.in = 20;
        node.out = 8;
        node.level = session::Level{12, 1000, 340};
        snapshot.nodes = {node};
        bench.session->play(snapshot);
        QTRY_COMPARE(bench.panel->live()->figures()->figure(QStringLiteral("Events waiting")), QStringLiteral("12"));
        QCOMPARE(bench.panel->findChild<QLabel*>(QStringLiteral("lastFailure"))->text(), QStringLiteral("held up"));
    }

    void burstIsAskedOfTheTrafficNode() {
        Bench bench;
        bench.store.load("#@ traffic.web.kind = weblog\n#@ traffic.web.rate = 10\n#@ traffic.web.file = logs/a.log\n",
                         {});
        bench.store.select({"traffic/web"});
        auto* burst = bench.panel->findChild<QPushButton*>(QStringLiteral("burst"));
        QVERIFY(burst->isVisible());
        QVERIFY(!burst->isEnabled());
        bench.run->start();
        bench.session->answer();
        QTRY_VERIFY(burst->isEnabled());
        QTest::mouseClick(burst, Qt::LeftButton);
        QCOMPARE(bench.session->bursts.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(bench.session->bursts.front()), QStringLiteral("traffic/web"));
    }
};

MILLRACE_TEST(TestInspector)
#include "tst_inspector.moc"
