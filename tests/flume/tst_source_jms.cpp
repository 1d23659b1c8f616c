#include "catalog/flume/components.h"
#include "flume/sources/jms/jms_converter.h"
#include "flume/support/amqp_broker.h"
#include "flume/support/component_bench.h"
#include "support/test_program.h"

#include <proton/codec.h>

#include <QtTest>

#include <fstream>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

using Bodies = std::vector<std::string>;

namespace {

struct Jms : ComponentBench {
    explicit Jms(std::uint16_t port, const catalog::Properties& extra = {}) : ComponentBench(catalog::kJmsSource) {
        context.loop = [this]() -> net::EventLoop& { return loop; };
        catalog::Properties values{{"initialContextFactory", "org.apache.qpid.jms.jndi.JmsInitialContextFactory"},
                                   {"providerURL", "amqp://127.0.0.1:" + std::to_string(port)},
                                   {"destinationName", "lines"},
                                   {"destinationType", "QUEUE"},
                                   {"channels", "c"}};
        for (const auto& [key, value] : extra)
            values.insert_or_assign(key, value);
        auto made = make(builtinRegistry().find<SourceFactory>(spec), std::move(values));
        if (made)
            source = std::move(*made);
        else
            error = made.error().message;
    }
    ~Jms() { source.reset(); }
    /// Cycles, as a runner would, until `done`; failures are kept.
    template <typename Done>
    void run(Done done) {
        while (!done()) {
            const auto cycle = source->cycle(events);
            if (cycle && cycle->failure) failures.push_back(cycle->failure->message);
            if (cycle && cycle->outcome == Cycle::Outcome::idle && !done()) wakeUp.wait(cycle->wakeAt);
        }
    }
    bool failedWith(const std::string& text) const {
        return !failures.empty() && failures.back().find(text) != std::string::npos;
    }
    net::EventLoop loop{"jms test"};
    KeptEvents events;
    std::unique_ptr<Source> source;
    Bodies failures;
    std::string error;
};

void putProperty(pn_data_t* data, const std::string& name) {
    pn_data_put_string(data, pn_bytes(name.size(), name.data()));
}

} // namespace

class TestSourceJms : public QObject {
    Q_OBJECT

private slots:
    void messagesOfAQueueAreEventsAndAcceptedOnceTheyAreSafe() {
        AmqpBroker broker;
        Jms jms(broker.port());
        QVERIFY2(jms.error.empty(), jms.error.c_str());
        const std::string binary("\0\xff\n", 3);
        broker.addBytes(binary);
        broker.addText("text \xe4\xb8\xad");
        broker.addBytes("");
        QVERIFY(jms.source->start());
        jms.run([&] { return jms.events.bodies.size() == 3; });
        QCOMPARE(jms.events.bodies, (Bodies{binary, "text \xe4\xb8\xad", ""}));
        QTRY_COMPARE(broker.accepted(), std::size_t(3));
        QCOMPARE(broker.asked("address"), std::string("lines"));
        QCOMPARE(broker.asked("capability"), std::string("queue"));
        QCOMPARE(broker.asked("selector"), std::string());
        QCOMPARE(broker.asked("durable"), std::string("no"));
        QCOMPARE(jms.count("EventAcceptedCount"), 3);
        QVERIFY(jms.failures.empty());
    }

    void propertiesBecomeHeadersAsJavaWritesThem() {
        AmqpBroker broker;
        Jms jms(broker.port());
        broker.addMessage([](pn_message_t* message) {
            pn_data_t* properties = pn_message_properties(message);
            pn_data_put_map(properties);
            pn_data_enter(properties);
            putProperty(properties, "text");
            pn_data_put_string(properties, pn_bytes(1, "x"));
            putProperty(properties, "yes");
            pn_data_put_bool(properties, true);
            putProperty(properties, "int");
            pn_data_put_int(properties, -7);
            putProperty(properties, "long");
            pn_data_put_long(properties, 1'700'000'000'000);
            putProperty(properties, "whole");
            pn_data_put_double(properties, 2);
            putProperty(properties, "small");
            pn_data_put_double(properties, 0.00025);
            putProperty(properties, "large");
            pn_data_put_double(properties, 1.5e10);
            putProperty(properties, "huge");
            pn_data_put_double(properties, 1.7e23);
            putProperty(properties, "tiny");
            pn_data_put_double(properties, -2.5e-310);
            putProperty(properties, "float");
            pn_data_put_float(properties, 0.1f);
            putProperty(properties, "none");
            pn_data_put_null(properties);
            pn_data_exit(properties);
        });
        QVERIFY(jms.source->start());
        jms.run([&] { return !jms.events.bodies.empty(); });
        QCOMPARE(jms.events.headers[0], HeaderSet()
                                            .with("text", "x")
                                            .with("yes", "true")
                                            .with("int", "-7")
                                            .with("long", "1700000000000")
                                            .with("whole", "2.0")
                                            .with("small", "2.5E-4")
                                            .with("large", "1.5E10")
                                            .with("huge", "1.7E23")
                                            .with("tiny", "-2.5E-310")
                                            .with("float", "0.1"));
    }

    void textIsWrittenInTheCharset_data() {
        QTest::addColumn<QString>("key");
        QTest::newRow("where it is documented") << "converter.charset";
        QTest::newRow("where Flume reads it") << "converter.converter.charset";
    }
    void textIsWrittenInTheCharset() {
        QFETCH(QString, key);
        AmqpBroker broker;
        Jms jms(broker.port(), {{key.toStdString(), "ISO-8859-1"}});
        QVERIFY2(jms.error.empty(), jms.error.c_str());
        broker.addText("caf\xc3\xa9 \xe4\xb8\xad");
        broker.addBytes("\xc3\xa9");
        QVERIFY(jms.source->start());
        jms.run([&] { return jms.events.bodies.size() == 2; });
        QCOMPARE(jms.events.bodies, (Bodies{"caf\xe9 ?", "\xc3\xa9"}));
    }

    void aDurableSubscriptionIsKnownByItsNames() {
        AmqpBroker broker;
        Jms jms(broker.port(), {{"destinationType", "topic"},
                                {"destinationName", "dynamicTopics/news"},
                                {"messageSelector", "kind = 'x'"},
                                {"createDurableSubscription", "true"},
                                {"clientId", "millrace-1"},
                                {"durableSubscriptionName", "lines-of-news"}});
        QVERIFY2(jms.error.empty(), jms.error.c_str());
        broker.addText("x");
        QVERIFY(jms.source->start());
        jms.run([&] { return !jms.events.bodies.empty(); });
        QCOMPARE(broker.asked("address"), std::string("news"));
        QCOMPARE(broker.asked("capability"), std::string("topic"));
        QCOMPARE(broker.asked("selector"), std::string("kind = 'x'"));
        QCOMPARE(broker.asked("durable"), std::string("yes"));
        QCOMPARE(broker.asked("container"), std::string("millrace-1"));
        QCOMPARE(broker.asked("link"), std::string("lines-of-news"));
    }

    void manyMessagesComeInBatches() {
        AmqpBroker broker;
        Jms jms(broker.port(), {{"batchSize", "7"}});
        Bodies expected{std::string(300'000, 'x')}; // comes in several frames
        broker.addBytes(expected[0]);
        for (int i = 0; i < 500; ++i) {
            expected.push_back(std::to_string(i));
            broker.addText(expected.back());
        }
        QVERIFY(jms.source->start());
        jms.run([&] { return jms.events.bodies.size() == expected.size(); });
        QVERIFY(jms.events.bodies == expected);
        QVERIFY(*std::max_element(jms.events.batches.begin(), jms.events.batches.end()) <= 7);
        QTRY_COMPARE(broker.accepted(), expected.size());
        QCOMPARE(broker.held(), std::size_t(0));
    }

    void whatAChannelRefusesIsKeptAndNotAccepted() {
        AmqpBroker broker;
        Jms jms(broker.port());
        jms.events.refusals = 2;
        broker.addText("x");
        QVERIFY(jms.source->start());
        jms.run([&] { return jms.events.calls == 2; });
        QCOMPARE(broker.accepted(), std::size_t(0));
        QCOMPARE(jms.failures, (Bodies{"the channel is full", "the channel is full"}));
        jms.run([&] { return !jms.events.bodies.empty(); });
        QTRY_COMPARE(broker.accepted(), std::size_t(1));
        QCOMPARE(jms.events.bodies, Bodies{"x"});
    }

    void aConnectionThatGoesBeforeTheCommitBringsTheMessagesAgain() {
        AmqpBroker broker;
        Jms jms(broker.port());
        jms.events.refusals = 1;
        broker.addText("one");
        broker.addText("two");
        QVERIFY(jms.source->start());
        jms.run([&] { return jms.events.calls == 1; });
        broker.hangUp("amqp:connection:forced");
        // What was committed and could not be accepted any more comes twice.
        const auto has = [&](const char* body) {
            return std::count(jms.events.bodies.begin(), jms.events.bodies.end(), body) > 0;
        };
        jms.run([&] { return has("one") && has("two"); });
        QTRY_VERIFY(((void)jms.source->cycle(jms.events), broker.held() + broker.waiting() == 0));
    }

    void whatIsUnsettledAtTheEndTheBrokerHasAgain() {
        AmqpBroker broker;
        {
            Jms jms(broker.port());
            jms.events.refusals = 1;
            broker.addText("x");
            QVERIFY(jms.source->start());
            jms.run([&] { return jms.events.calls == 1; });
            QCOMPARE(broker.held(), std::size_t(1));
            jms.source->stop();
            QVERIFY(!jms.source->finished());
            jms.source->close(); // nobody waits for it
        }
        QTRY_COMPARE(broker.waiting(), std::size_t(1));
        QCOMPARE(broker.accepted(), std::size_t(0));
    }

    void whatHadComeIsDeliveredAfterAStop() {
        AmqpBroker broker;
        Jms jms(broker.port());
        jms.events.refusals = 1;
        broker.addText("x");
        QVERIFY(jms.source->start());
        jms.run([&] { return jms.events.calls == 1; });
        jms.source->stop();
        jms.run([&] { return jms.source->finished(); });
        QCOMPARE(jms.events.bodies, Bodies{"x"});
        QCOMPARE(broker.accepted(), std::size_t(1));
        QTRY_COMPARE(broker.connections(), std::size_t(0));
    }

    void whatTheBrokerRefusesIsTold_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("says");
        QTest::newRow("a queue that is not there") << "queue"
                                                   << "closed lines: amqp:not-found: there is none";
        QTest::newRow("a stranger") << "user"
                                    << "Authentication failed";
        QTest::newRow("a shutdown") << "shutdown"
                                    << "closed the connection: amqp:connection:forced";
    }
    void whatTheBrokerRefusesIsTold() {
        QFETCH(QString, what);
        QFETCH(QString, says);
        AmqpBroker broker;
        if (what == "queue") broker.refusesSource = "amqp:not-found";
        if (what == "user") broker.user = broker.password = "somebody";
        Jms jms(broker.port(), what == "user" ? catalog::Properties{{"userName", "nobody"}} : catalog::Properties{});
        QVERIFY(jms.source->start());
        if (what == "shutdown") {
            broker.addText("x");
            jms.run([&] { return !jms.events.bodies.empty(); });
            broker.hangUp("amqp:connection:forced");
        }
        jms.run([&] { return !jms.failures.empty(); });
        QVERIFY2(jms.failedWith(says.toStdString()), jms.failures.back().c_str());
        QCOMPARE(jms.count("EventReadFail"), 1);
    }

    void theUserAndThePasswordOfAFileAreShown() {
        AmqpBroker broker;
        broker.user = "etl";
        broker.password = "hush";
        Jms jms(broker.port(), {{"userName", "etl"}, {"passwordFile", "secret"}});
        const Status without = jms.source->start();
        QVERIFY(!without);
        QVERIFY2(without.error().message.find("passwordFile") != std::string::npos, without.error().message.c_str());
        std::ofstream(jms.path("secret")) << "hush\n";
        QVERIFY(jms.source->start());
        broker.addText("x");
        jms.run([&] { return !jms.events.bodies.empty(); });
    }

    void bytesThatAreNoMessageDoNoHarm() {
        auto converter = JmsConverter::of(nullptr);
        QVERIFY(!converter->convert(""));
        for (const std::string& bytes :
             {std::string("\x01\x02garbage"), std::string("\x00\x53\x75\xb0\x7f\xff\xff\xffx", 9)}) {
            const auto event = converter->convert(bytes);
            QVERIFY(event);
            QCOMPARE(event->body, std::string());
            QVERIFY(event->headers.empty());
        }
    }

    void aMessageOfMorePropertiesThanTheNextAgentTakesIsRefused() {
        pn_message_t* message = pn_message();
        pn_data_t* properties = pn_message_properties(message);
        pn_data_put_map(properties);
        pn_data_enter(properties);
        for (int i = 0; i <= 10'000; ++i) {
            putProperty(properties, std::to_string(i));
            pn_data_put_int(properties, i);
        }
        std::string bytes(1 << 20, '\0');
        std::size_t size = bytes.size();
        QCOMPARE(pn_message_encode(message, bytes.data(), &size), 0);
        pn_message_free(message);
        const auto event = JmsConverter::of(nullptr)->convert(std::string_view(bytes).substr(0, size));
        QVERIFY(!event);
        QVERIFY2(event.error().message.find("more than 10000 headers") != std::string::npos,
                 event.error().message.c_str());
    }

    void aBrokerThatIsAwayIsTriedAgain() {
        std::uint16_t port = 0;
        {
            AmqpBroker broker;
            port = broker.port();
        }
        Jms jms(port);
        QVERIFY(jms.source->start());
        jms.run([&] { return jms.failures.size() == 2; });
        jms.source->stop();
        jms.run([&] { return jms.source->finished(); });
    }

    void whatCannotBeReachedIsRefusedAtItsProperty_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("says");
        QTest::newRow("ActiveMQ's own protocol") << "providerURL"
                                                 << "tcp://mq:61616"
                                                 << "write amqp://host:port";
        QTest::newRow("a JNDI directory") << "providerURL"
                                          << "java:jboss"
                                          << "names no broker that can be reached";
        QTest::newRow("a user") << "providerURL"
                                << "amqp://u:p@mq"
                                << "who belongs into userName and passwordFile";
        QTest::newRow("no host") << "providerURL"
                                 << "amqp://:5672"
                                 << "has no host";
        QTest::newRow("no port") << "providerURL"
                                 << "amqp://mq:x"
                                 << "is malformed";
        QTest::newRow("a class") << "converter.type"
                                 << "org.example.Mine"
                                 << "is a class of Java";
        QTest::newRow("a charset") << "converter.charset"
                                   << "klingon"
                                   << "Java knows no such charset";
        QTest::newRow("half a subscription") << "createDurableSubscription"
                                             << "true"
                                             << "needs a topic, clientId and";
    }
    void whatCannotBeReachedIsRefusedAtItsProperty() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(QString, says);
        const Jms jms(1, {{key.toStdString(), value.toStdString()}});
        QVERIFY2(QString::fromStdString(jms.error).contains(key), jms.error.c_str());
        QVERIFY2(QString::fromStdString(jms.error).contains(says), jms.error.c_str());
    }
};

MILLRACE_TEST(TestSourceJms)
#include "tst_source_jms.moc"
