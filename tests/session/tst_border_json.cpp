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
        else if constexpr (std::is_integral_v<T>) value = static_cast<T>(next++);
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
        comesBackEqual<StartRequest>();
        comesBackEqual<ApplyRequest>();
        comesBackEqual<Answer>();
        comesBackEqual<TapPage>();
        comesBackEqual<LogPage>();
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
        QTest::newRow("a wrong element deep inside") << R"({"nodes":[{"id":"a"},{"state":"flying"}]})"
                                                     << "nodes[1].state: expected a state, got string";
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
