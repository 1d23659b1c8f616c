#include "flume/runtime/component_change.h"
#include "flume/support/test_context.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using catalog::ComponentKind;

using Pairs = std::vector<std::pair<std::string, std::string>>;
Q_DECLARE_METATYPE(Pairs)

class TestComponentChange : public QObject {
    Q_OBJECT
private slots:
    void aChangeIsWhatItTakesToFollowIt_data() {
        QTest::addColumn<Pairs>("before");
        QTest::addColumn<Pairs>("after");
        QTest::addColumn<QString>("takes");
        const Pairs plain{{"batchSize", "10"}, {"channels", "c"}};
        QTest::newRow("nothing") << plain << plain << "";
        QTest::newRow("a batch size") << plain << Pairs{{"batchSize", "20"}, {"channels", "c"}} << "any live";
        QTest::newRow("a batch size that goes") << plain << Pairs{{"channels", "c"}} << "any live";
        QTest::newRow("a channel more") << plain << Pairs{{"batchSize", "10"}, {"channels", "c d"}} << "any wiring";
        QTest::newRow("an interceptor") << plain << Pairs{{"batchSize", "10"}, {"channels", "c"}, {"interceptors", "i"}}
                                        << "any wiring";
        QTest::newRow("a selector's part")
            << plain << Pairs{{"batchSize", "10"}, {"channels", "c"}, {"selector.type", "multiplexing"}}
            << "any wiring";
        QTest::newRow("a command") << Pairs{{"command", "a"}} << Pairs{{"command", "b"}} << "any rebuild";
        QTest::newRow("a key that nobody reads")
            << plain << Pairs{{"batchSize", "10"}, {"channels", "c"}, {"x", "1"}} << "any";
        QTest::newRow("a batch size and a command")
            << Pairs{{"command", "a"}, {"batchSize", "1"}} << Pairs{{"command", "b"}, {"batchSize", "2"}}
            << "any live rebuild";
    }
    void aChangeIsWhatItTakesToFollowIt() {
        QFETCH(Pairs, before);
        QFETCH(Pairs, after);
        const auto change = changeBetween(makeConfig(ComponentKind::source, "s", "exec", before),
                                          makeConfig(ComponentKind::source, "s", "exec", after));
        QStringList takes;
        if (change.any) takes << "any";
        if (change.wiring) takes << "wiring";
        if (change.live) takes << "live";
        if (change.rebuild) takes << "rebuild";
        QTEST(takes.join(' '), "takes");
    }

    void anotherTypeIsAnotherComponent() {
        const auto change = changeBetween(makeConfig(ComponentKind::source, "s", "exec", {}),
                                          makeConfig(ComponentKind::source, "s", "seq", {}));
        QVERIFY(change.any && change.rebuild);
    }
};

MILLRACE_TEST(TestComponentChange)
#include "tst_component_change.moc"
