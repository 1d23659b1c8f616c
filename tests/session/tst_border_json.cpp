#include "session/json.h"
#include "support/test_program.h"

#include <QtTest>

#include <limits>

using namespace millrace::session;

namespace {

/// Gives every field of a border struct a value of its own that is not its default, so that a field that is written but
/// not read (or the reverse) shows.
struct Filler {
    std::int64_t next = 1;
    template <typename T>
    void fill(T& value) {
        if constexpr (std::is_same_v<T, bool>) value = true;
        else if constexpr (std::is_arithmetic_v<T>) value = static_cast<T>(next++);
        else if constexpr (std::is_same_v<T, std::string>) value = "text " + std::to_string(next++) + " \"\\\n 中";
        else if constexpr (std::is_same_v<T, State>) value = State::waiting;
        else T::fields(*this, value);
    }
    template <typename T>
    void fill(std::optional<T>& value) { fill(value.emplace()); }
    template <typename T>
    void fill(std::vector<T>& value) {
        value.resize(2);
        for (T& element : value) fill(element);
    }
    template <typename T>
    void operator()(const char*, T& field) { fill(field); }
};

template <typename T>
void comesBackEqual() {
    T filled{};
    Filler{}.fill(filled);
    QVERIFY2(!(filled == T{}), "the filler left the struct as it was");
    const auto back = fromJson<T>(toJson(filled));
    QVERIFY2(back, back ? "" : back.error().message.c_str());
    QVERIFY(*back == filled);
    const auto empty = fromJson<T>(toJson(T{}));
    QVERIFY(empty);
    QVERIFY(*empty == T{});
}

} // namespace

class TestBorderJson : public QObject {
    Q_OBJECT
private slots:
    void everyStructComesBackFromJsonAsItWas() {
        comesBackEqual<Snapshot>();
        comesBackEqual<Capabilities>();
        comesBackEqual<Hello>();
        comesBackEqual<SnapshotDelta>();
        comesBackEqual<Answer>();
        comesBackEqual<TapPage>();
        comesBackEqual<LogPage>();
    }

    void everyRequestComesBackAsItWas() {
        forEachRequest([]<typename R>(std::type_identity<R>) {
            R filled{};
            Filler{}.fill(filled);
            const RequestMessage message{7, std::string(R::kVerb), filled};
            const auto back = requestFromJson(toJson(message));
            QVERIFY2(back, R::kVerb.data());
            QVERIFY2(*back == message, R::kVerb.data());
            QCOMPARE(verbOf(*back->request), message.verb);
        });
    }

    void everyEventComesBackAsItWas() {
        const auto comesBack = []<typename E>(std::type_identity<E>) {
            E filled{};
            Filler{}.fill(filled);
            const auto back = eventFromJson(toJson(Event(filled)));
            QVERIFY(back && *back);
            QVERIFY(**back == Event(filled));
        };
        comesBack(std::type_identity<Hello>());
        comesBack(std::type_identity<Answer>());
        comesBack(std::type_identity<Snapshot>());
        comesBack(std::type_identity<SnapshotDelta>());
    }

    void aNewerPeerIsBearable_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("verb");
        QTest::addColumn<bool>("known");
        QTest::newRow("a verb of its own") << R"({"kind":"fly","id":7,"body":{"to":"the moon"}})" << "fly" << false;
        QTest::newRow("a field of its own") << R"({"kind":"stop","id":7,"body":{"drainMs":5,"mood":"calm"}})" << "stop"
                                            << true;
        QTest::newRow("one in the envelope") << R"({"kind":"stop","id":7,"trace":"x","body":{}})" << "stop" << true;
        QTest::newRow("no body") << R"({"kind":"stop","id":7})" << "stop" << true;
    }
    void aNewerPeerIsBearable() {
        QFETCH(QString, json);
        QFETCH(QString, verb);
        QFETCH(bool, known);
        const auto message = requestFromJson(json.toStdString());
        QVERIFY(message);
        QCOMPARE(message->id, RequestId(7));
        QCOMPARE(QString::fromStdString(message->verb), verb);
        QCOMPARE(message->request.has_value(), known);
    }

    void aVerbThatIsNotKnownIsAnswered() {
        const RequestMessage message{7, "fly", std::nullopt};
        QCOMPARE(*requestFromJson(toJson(message)), message);
        const Answer answer = verbUnknown(message);
        QCOMPARE(answer.request, RequestId(7));
        QVERIFY(!answer.ok);
        QCOMPARE(answer.issues.front().code, std::string("verb-unknown"));
    }

    void anEventOfAnUnknownKindIsPassedOver() {
        const auto event = eventFromJson(R"({"kind":"weather","body":[1,2]})");
        QVERIFY(event);
        QVERIFY(!*event);
    }

    void aStateThatIsNotKnownLeavesTheRestReadable() {
        const auto read = fromJson<Snapshot>(R"({"nodes":[{"id":"a","state":"flying"},{"id":"b","state":"idle"}]})");
        QVERIFY(read);
        QCOMPARE(read->nodes[0].state, State::unknown);
        QCOMPARE(read->nodes[1].state, State::idle);
    }

    void twoProgramsAgreeOnAProtocol_data() {
        QTest::addColumn<int>("min");
        QTest::addColumn<int>("max");
        QTest::addColumn<int>("common");
        QTest::newRow("the same") << 2 << 4 << 4;
        QTest::newRow("one that is newer and still speaks ours") << 3 << 9 << 4;
        QTest::newRow("one that is older and speaks an old one of ours") << 1 << 2 << 2;
        QTest::newRow("one that is too new") << 5 << 9 << 0;
        QTest::newRow("one that is too old") << 1 << 1 << 0;
    }
    void twoProgramsAgreeOnAProtocol() {
        QFETCH(int, min);
        QFETCH(int, max);
        QFETCH(int, common);
        const Hello ours{2, 4, "0.1", {}}, theirs{min, max, "9.9", {}};
        const auto agreed = commonProtocol(ours, theirs);
        QCOMPARE(agreed.value_or(0), common);
        if (!agreed) QVERIFY(agreed.error().message.find("9.9") != std::string::npos);
    }

    void whatIsNotKnownStaysAbsentAndIsNotZero() {
        Snapshot snapshot;
        snapshot.nodes.resize(1);
        const std::string json = toJson(snapshot);
        QVERIFY(json.find("\"level\"") == std::string::npos);
        QVERIFY(!fromJson<Snapshot>(json)->nodes[0].in.has_value());
    }

    void bytesThatAreNoUtf8AreReplacedNotRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        QTest::newRow("a stray continuation byte") << QByteArray("a\x80z") << QString("a\uFFFDz");
        QTest::newRow("a cut sequence at the end") << QByteArray("a\xe4\xb8") << QString("a\uFFFD\uFFFD");
        QTest::newRow("an overlong slash") << QByteArray("\xc0\xaf") << QString("\uFFFD\uFFFD");
        QTest::newRow("a surrogate") << QByteArray("\xed\xa0\x80") << QString("\uFFFD\uFFFD\uFFFD");
        QTest::newRow("good Chinese") << QByteArray("\xe4\xb8\xad") << QString("中");
    }
    void bytesThatAreNoUtf8AreReplacedNotRefused() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, expected);
        TapPage page;
        page.node = bytes.toStdString();
        const auto back = fromJson<TapPage>(toJson(page));
        QVERIFY(back);
        QCOMPARE(QString::fromStdString(back->node), expected);
    }

    void brokenJsonIsRefusedWithTheFieldNamed_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("message");
        QTest::newRow("not JSON at all") << "{" << "not JSON: incomplete JSON";
        QTest::newRow("a list instead of an object") << "[]" << "document: expected an object, got array";
        QTest::newRow("text instead of a number") << R"({"revision":"x"})" << "revision: expected a number, got string";
        QTest::newRow("a number too large for the field") << R"({"revision":1e300})" << "revision: number out of range";
        QTest::newRow("a wrong element deep inside") << R"({"nodes":[{"id":"a"},{"state":7}]})"
                                                     << "nodes[1].state: expected a state, got int64";
    }
    void brokenJsonIsRefusedWithTheFieldNamed() {
        QFETCH(QString, json);
        QFETCH(QString, message);
        const auto refused = fromJson<Snapshot>(json.toStdString());
        QVERIFY(!refused);
        QCOMPARE(QString::fromStdString(refused.error().message), message);
    }

    void fieldsOfANewerVersionAreIgnored() {
        const auto read = fromJson<Snapshot>(R"({"revision":7,"weather":"fine"})");
        QVERIFY(read);
        QCOMPARE(read->revision, std::int64_t(7));
    }
};

MILLRACE_TEST(TestBorderJson)
#include "tst_border_json.moc"
