#include "support/test_program.h"
#include "topology/support/small_agent.h"

#include <algorithm>

using namespace millrace;
using namespace millrace::topology;
using namespace millrace::topology::test;

/// Copying and pasting.
class TestEditCopies : public QObject {
    Q_OBJECT
private slots:
    void copiesAreATopologyOfTheirOwn() {
        const Document document = parse(exampleFile("weblog.conf"));
        const std::string text = copyText(document, {"agent/web", "topic/weblog"});
        const Document copy = parse(text);
        QVERIFY(copy.graph().find("web/sources/access") != nullptr);
        QVERIFY(copy.graph().find("agent/store") == nullptr);
        QCOMPARE(copyText(document, {}), std::string());
    }

    void pasteNumbersTakenNamesAndShifts() {
        const Document document = parse(exampleFile("weblog.conf"));
        const auto result = paste(document, copyText(document, {"agent/web"}), 40, 24);
        QVERIFY2(result, result ? "" : result.error().message.c_str());
        const Document pasted = applied(document, result.value().edit);
        QVERIFY(std::find(result.value().pasted.begin(), result.value().pasted.end(), "web-2/sources/access") !=
                result.value().pasted.end());
        QCOMPARE(pasted.graph().find("web-2/sources/access")->position->x, 280.0);
        QVERIFY(wiresOf(pasted).find("sourceToChannel web-2/sources/access -> web-2/channels/buffer\n") !=
                std::string::npos);
    }

    void pasteIntoAnAgentKeepsInnerWires() {
        const Document document = parse(kAgent);
        const std::string clip = copyText(document, {"a/channels/c", "a/sinks/k"});
        const Document pasted = applied(document, paste(document, clip, 0, 0, "a").value().edit);
        QVERIFY(wiresOf(pasted).find("channelToSink a/channels/c-2 -> a/sinks/k-2\n") != std::string::npos);
        QVERIFY(!paste(document, "no topology", 0, 0));
    }

    void aCopySharesNoFileAndNoPort_data() {
        QTest::addColumn<QByteArray>("component"); // of agent a, named x
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("copied");
        const QByteArray tail = "a.sources = x\na.sources.x.type = TAILDIR\na.sources.x.filegroups = f\n"
                                "a.sources.x.filegroups.f = /var/log/a\n";
        QTest::newRow("a position file") << tail << QByteArray("positionFile") << QByteArray("state/a.json")
                                         << QByteArray("state/a-2.json");
        QTest::newRow("the default position file")
            << tail << QByteArray("positionFile") << QByteArray() << QByteArray("~/.flume/taildir_position-2.json");
        const QByteArray file = "a.channels = x\na.channels.x.type = file\n";
        QTest::newRow("folders of a file channel")
            << file << QByteArray("dataDirs") << QByteArray("d/one,d/two") << QByteArray("d/one-2,d/two-2");
        QTest::newRow("a folder with a dot in its path") << file << QByteArray("checkpointDir") << QByteArray("v1.2/check/")
                                                         << QByteArray("v1.2/check-2");
        QTest::newRow("a port that is listened on")
            << QByteArray("a.sources = x\na.sources.x.type = netcat\na.sources.x.bind = 127.0.0.1\n")
            << QByteArray("port") << QByteArray("4141") << QByteArray("4142");
    }
    void aCopySharesNoFileAndNoPort() {
        QFETCH(QByteArray, component);
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, copied);
        const std::string section = component.startsWith("a.sources") ? "sources" : "channels";
        std::string text = component.toStdString();
        if (!value.isEmpty()) text += "a." + section + ".x." + key.toStdString() + " = " + value.toStdString() + "\n";
        const Document document = parse(text);
        const Document pasted = applied(document, paste(document, copyText(document, {"agent/a"}), 0, 0).value().edit);
        const Node* copy = pasted.graph().find("a-2/" + section + "/x");
        QVERIFY2(copy != nullptr, pasted.text().c_str());
        QCOMPARE(QByteArray::fromStdString(copy->valueOr(key.toStdString())), copied);
        const Document alone = parse(copyText(document, {"agent/a"}));
        QCOMPARE(alone.graph().find("a/" + section + "/x")->valueOr(key.toStdString()),
                 document.graph().find("a/" + section + "/x")->valueOr(key.toStdString()));
    }

    void aCopyOfTwoAgentsHopsWithinTheCopy() {
        const Document document = parse("a.channels = c\na.sinks = k\na.channels.c.type = memory\na.sinks.k.type = avro\n"
                                        "a.sinks.k.channel = c\na.sinks.k.hostname = 127.0.0.1\na.sinks.k.port = 4141\n"
                                        "b.sources = s\nb.sources.s.type = avro\nb.sources.s.bind = 127.0.0.1\n"
                                        "b.sources.s.port = 4141\n");
        const std::string text = copyText(document, {"agent/a", "agent/b"});
        const Document pasted = applied(document, paste(document, text, 0, 0).value().edit);
        QVERIFY2(wiresOf(pasted).find("hop a-2/sinks/k -> b-2/sources/s\n") != std::string::npos, wiresOf(pasted).c_str());
        QVERIFY(wiresOf(pasted).find("hop a/sinks/k -> b-2/sources/s\n") == std::string::npos);
    }

    void copiesKeepEveryCharacter_data() {
        QTest::addColumn<QByteArray>("command"); // raw, as the file has it
        QTest::newRow("Latin-1") << QByteArray("echo caf\xE9");
        QTest::newRow("UTF-8, which Flume reads as Latin-1") << QByteArray("echo caf\xC3\xA9");
        QTest::newRow("escapes") << QByteArray("echo \\u4E2D\\\\ \\d");
        QTest::newRow("a backslash before Latin-1") << QByteArray("echo \\\xE9 \\\\\xE9");
        QTest::newRow("continued at the end of the file") << QByteArray("echo a\\");
        QTest::newRow("continued over two lines") << QByteArray("echo \\\n   caf\xE9");
    }
    void copiesKeepEveryCharacter() {
        QFETCH(QByteArray, command);
        const Document document = parse("caf\xE9.sources = s\xE9\ncaf\xE9.channels = c\ncaf\xE9.channels.c.type = memory\n"
                                        "caf\xE9.sources.s\xE9.type = exec\ncaf\xE9.sources.s\xE9.command = " +
                                        command.toStdString() + "\n");
        const NodeId agent = "agent/caf\xC3\xA9", source = "caf\xC3\xA9/sources/s\xC3\xA9";
        const std::string text = copyText(document, {agent});
        // What goes through a clipboard of Unicode text comes back the same.
        QCOMPARE(QString::fromUtf8(QByteArray::fromStdString(text)).toUtf8(), QByteArray::fromStdString(text));
        const Document copy = parse(text);
        QVERIFY(copy.graph().find(source) != nullptr && copy.graph().find(source)->declared);
        QCOMPARE(copy.graph().find(source)->property("command")->value,
                 document.graph().find(source)->property("command")->value);
        QCOMPARE(copy.graph().nodes.size(), document.graph().nodes.size());
        const Document pasted = applied(document, paste(document, text, 0, 0).value().edit);
        QCOMPARE(pasted.graph().nodes.size(), 2 * document.graph().nodes.size());
    }
};

MILLRACE_TEST(TestEditCopies)
#include "tst_edit_copies.moc"
