#include "catalog/flume/components.h"
#include "flume/sinks/irc/irc_line.h"
#include "flume/support/component_bench.h"
#include "flume/support/irc_server.h"
#include "support/test_program.h"

#include <QtTest>

#include <thread>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

using Lines = std::vector<std::string>;

namespace {

struct Irc : ComponentBench {
    explicit Irc(std::uint16_t port, const catalog::Properties& extra = {}) : ComponentBench(catalog::kIrcSink) {
        catalog::Properties values{{"hostname", "127.0.0.1"},
                                   {"port", std::to_string(port)},
                                   {"nick", "bot"},
                                   {"chan", "logs"},
                                   {"channel", "c"}};
        for (const auto& [key, value] : extra)
            values.insert_or_assign(key, value);
        auto made = make(builtinRegistry().find<SinkFactory>(spec), std::move(values));
        if (made)
            sink = std::move(*made);
        else
            error = made.error().message;
    }
    /// All that is in the channel; the error that ended it.
    std::string drain() {
        while (channel.waiting() > 0)
            if (const auto cycle = sink->cycle(channel); !cycle) return cycle.error().message;
        return {};
    }
    KeptTransaction channel;
    std::unique_ptr<Sink> sink;
    std::string error;
};

} // namespace

class TestSinkIrc : public QObject {
    Q_OBJECT

private slots:
    void eventsAreSaidInTheChannel() {
        IrcServer server;
        server.password = "secret";
        server.asksOften = true;
        Irc irc(server.port(), {{"user", "u"}, {"name", "A bot"}, {"password", "secret"}});
        QVERIFY2(irc.error.empty(), irc.error.c_str());
        irc.channel.add("one");
        irc.channel.add("two words");
        QCOMPARE(irc.drain(), std::string());
        QCOMPARE(irc.channel.committed, std::size_t(2));
        QCOMPARE(server.heard("PRIVMSG"), (Lines{"#logs :one", "#logs :two words"}));
        QCOMPARE(server.heard("NICK"), Lines{"bot"});
        QCOMPARE(server.heard("USER"), Lines{"u 0 * :A bot"});
        QCOMPARE(server.heard("JOIN"), Lines{"#logs"});
        QVERIFY(server.heard("PONG").size() >= 3);
        irc.sink->stop();
        QTRY_COMPARE(server.clients(), std::size_t(0));
    }

    void bodiesBecomeMessages_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QStringList>("extra");
        QTest::addColumn<QStringList>("messages");
        QTest::newRow("line ends are blanks")
            << QByteArray("a\r\nQUIT :x\n") << QStringList{} << QStringList{"a  QUIT :x "};
        QTest::newRow("empty ones are not said") << QByteArray() << QStringList{} << QStringList{};
        QTest::newRow("split at line ends")
            << QByteArray("a\nb\n\nc\n") << QStringList{"splitlines", "true"} << QStringList{"a", "b", "c"};
        QTest::newRow("split at another pattern")
            << QByteArray("a, b;c") << QStringList{"splitlines", "true", "splitchars", "[,;] *"}
            << QStringList{"a", "b", "c"};
        QTest::newRow("NUL goes") << QByteArray("a\0b", 3) << QStringList{} << QStringList{"ab"};
    }
    void bodiesBecomeMessages() {
        QFETCH(QByteArray, body);
        QFETCH(QStringList, extra);
        QFETCH(QStringList, messages);
        IrcServer server;
        catalog::Properties more;
        for (qsizetype i = 0; i + 1 < extra.size(); i += 2)
            more.emplace(extra[i].toStdString(), extra[i + 1].toStdString());
        Irc irc(server.port(), more);
        irc.channel.add(body.toStdString());
        QCOMPARE(irc.drain(), std::string());
        QCOMPARE(irc.channel.committed, std::size_t(1));
        QStringList said;
        for (const std::string& line : server.heard("PRIVMSG"))
            said << QString::fromStdString(line).mid(7);
        QCOMPARE(said, messages);
    }

    void aLongBodyIsCutBetweenCharacters() {
        const std::string text = std::string(9, 'a') + "\xe4\xb8\xad\xe6\x96\x87";
        QCOMPARE(ircMessages(text, 10), (Lines{std::string(9, 'a'), "\xe4\xb8\xad\xe6\x96\x87"}));
        QCOMPARE(ircMessages("\x80\x80\x80", 2), (Lines{"\x80", "\x80\x80"}));
        IrcServer server;
        Irc irc(server.port());
        irc.channel.add(std::string(5000, 'x'));
        QCOMPARE(irc.drain(), std::string());
        std::string together;
        for (const std::string& line : server.heard("PRIVMSG")) {
            QVERIFY(line.size() < 450);
            together += line.substr(7);
        }
        QCOMPARE(together, std::string(5000, 'x'));
    }

    void aTakenNicknameGetsUnderscores() {
        IrcServer server;
        server.takenNicks = {"bot", "bot_"};
        Irc irc(server.port());
        irc.channel.add("x");
        QCOMPARE(irc.drain(), std::string());
        QCOMPARE(server.heard("NICK"), (Lines{"bot", "bot_", "bot__"}));
        QVERIFY(irc.log.holds("the nickname bot is taken, bot__ is used"));
    }

    void whatTheServerRefusesIsToldAndTheEventKept_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("says");
        QTest::newRow("every nickname") << "nick"
                                        << "refused the nickname bot___: Nickname is already in use (433)";
        QTest::newRow("the password") << "password"
                                      << "Password incorrect (464)";
        QTest::newRow("the channel") << "join"
                                     << "refused to let bot into #logs: Cannot join channel (+b) (474)";
        QTest::newRow("the message") << "message"
                                     << "refused a message to #logs: Cannot send to channel (404)";
    }
    void whatTheServerRefusesIsToldAndTheEventKept() {
        QFETCH(QString, what);
        QFETCH(QString, says);
        IrcServer server;
        if (what == "nick") server.takenNicks = {"bot", "bot_", "bot__", "bot___"};
        if (what == "password") server.password = "another";
        if (what == "join") server.refusesJoin = "474";
        if (what == "message") {
            server.refusesMessages = "404";
            server.refusals = 1;
        }
        Irc irc(server.port());
        irc.channel.add("x");
        const std::string error = irc.drain();
        QVERIFY2(QString::fromStdString(error).contains(says), error.c_str());
        QCOMPARE(irc.channel.waiting(), std::size_t(1));
        QCOMPARE(irc.channel.rollbacks, 1);
        if (what == "message") QCOMPARE(irc.drain(), std::string()); // on a new connection
    }

    void aServerThatHangsUpGetsTheEventAgain() {
        IrcServer server;
        server.hangsUpAfter = 2;
        Irc irc(server.port());
        irc.channel.add("one");
        irc.channel.add("two");
        QVERIFY(!irc.drain().empty());
        QCOMPARE(irc.channel.committed, std::size_t(1));
        QCOMPARE(irc.drain(), std::string());
        QCOMPARE(server.heard("PRIVMSG"), (Lines{"#logs :one", "#logs :two", "#logs :two"}));
        QCOMPARE(server.heard("NICK").size(), std::size_t(2));
    }

    void aServerThatIsNotThereIsAnError() {
        std::uint16_t port = 0;
        {
            IrcServer server;
            port = server.port();
        }
        Irc irc(port);
        irc.channel.add("x");
        QVERIFY(!irc.drain().empty());
        QCOMPARE(irc.channel.waiting(), std::size_t(1));
    }

    void aConnectionWithoutWorkIsLookedAfter() {
        IrcServer server;
        Irc irc(server.port());
        const auto before = irc.sink->cycle(irc.channel);
        QVERIFY(before && !before->wakeAt); // there is none yet
        irc.channel.add("x");
        QCOMPARE(irc.drain(), std::string());
        const auto after = irc.sink->cycle(irc.channel);
        QVERIFY(after && after->wakeAt);
    }

    void aStopDoesNotWaitForAServerThatIsSilent() {
        IrcServer server;
        server.silent = true;
        Irc irc(server.port());
        QVERIFY(irc.sink->start());
        irc.channel.add("x");
        std::thread runner([&] { (void)irc.sink->cycle(irc.channel); });
        QTRY_VERIFY(!server.heard("USER").empty());
        irc.sink->interrupt();
        runner.join();
        QCOMPARE(irc.channel.waiting(), std::size_t(1));
    }

    void wordsThatWouldBeginAnotherCommandAreRefused_data() {
        QTest::addColumn<QString>("key");
        QTest::newRow("a nickname of two words") << "nick";
        QTest::newRow("a channel of two words") << "chan";
        QTest::newRow("a user name of two words") << "user";
        QTest::newRow("a password of two words") << "password";
    }
    void wordsThatWouldBeginAnotherCommandAreRefused() {
        QFETCH(QString, key);
        const Irc irc(1, {{key.toStdString(), "a b"}});
        QVERIFY2(irc.error.find(key.toStdString() + " must be one word") != std::string::npos, irc.error.c_str());
    }

    void linesOfAServerAreReadAsTheStandardSays() {
        const IrcLine line = IrcLine::parse(":irc.example 433 * bot  :Nickname is already in use");
        QCOMPARE(line.prefix, std::string_view("irc.example"));
        QCOMPARE(line.command, std::string_view("433"));
        QCOMPARE(line.parameters, (std::vector<std::string_view>{"*", "bot", "Nickname is already in use"}));
        QCOMPARE(IrcLine::parse("PING x").last(), std::string_view("x"));
        QCOMPARE(IrcLine::parse("").command, std::string_view());
        QCOMPARE(IrcLine::parse(":only").prefix, std::string_view("only"));
        QCOMPARE(IrcLine::parse("X 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16").last(), std::string_view("15 16"));
    }
};

MILLRACE_TEST(TestSinkIrc)
#include "tst_sink_irc.moc"
