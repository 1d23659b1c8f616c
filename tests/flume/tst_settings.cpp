#include "flume/settings.h"
#include "flume/support/test_context.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using catalog::ComponentSpec;
using catalog::PropertySpec;
using catalog::PropertyType;

namespace {

constexpr PropertySpec kProperties[] = {
    {.name = "type", .required = true},
    {.name = "port", .type = PropertyType::port, .required = true, .range = {0, 65535}, .strict = true},
    {.name = "size", .type = PropertyType::integer, .defaultValue = "500", .range = {1, 1000}},
    {.name = "room", .type = PropertyType::integer, .defaultValue = "100", .range = {.minimum = 1}, .lenient = true},
    {.name = "limit", .type = PropertyType::bytes, .range = {.minimum = 0}, .lenient = true},
    {.name = "wait", .type = PropertyType::duration, .defaultValue = "3", .unit = "s"},
    {.name = "pause", .type = PropertyType::duration, .defaultValue = "250", .unit = "ms"},
    {.name = "on", .type = PropertyType::boolean, .defaultValue = "false"},
    {.name = "words", .type = PropertyType::list},
    {.name = "names", .type = PropertyType::list, .separator = ','},
    {.name = "rest.known"},
    {.name = "rest.<name>"},
    {.name = "rest.*"},
};
constexpr ComponentSpec kSpec{.kind = catalog::ComponentKind::source, .className = "Test", .properties = kProperties};

} // namespace

class SettingsTest : public QObject {
    Q_OBJECT
private slots:
    void numbers_data();
    void numbers();
    void durationsFollowTheDeclaredUnit();
    void flagsAreTrueOnlyForTheWord_data();
    void flagsAreTrueOnlyForTheWord();
    void listsSplitAsDeclared();
    void groupsLeaveOutKeysOfTheirOwn();
    void theFirstProblemIsReported();
    void absentStaysAbsent();
};

void SettingsTest::numbers_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("value");
    QTest::addColumn<QString>("problem");
    QTest::addColumn<int>("warnings");
    QTest::newRow("a number") << "port"
                              << "4141" << qint64(4141) << "" << 0;
    QTest::newRow("a comment behind the number")
        << "port"
        << "4141 # avro" << qint64(0) << "k: port = 4141 # avro is not a whole number" << 0;
    QTest::newRow("strict and out of range")
        << "port"
        << "70000" << qint64(65535) << "k: port = 70000 is not between 0 and 65535" << 0;
    QTest::newRow("missing and required") << "port"
                                          << "" << qint64(0) << "k: port is missing; it has no default" << 0;
    QTest::newRow("absent takes the default") << "size"
                                              << "" << qint64(500) << "" << 0;
    QTest::newRow("out of range is taken to the end") << "size"
                                                      << "5000" << qint64(1000) << "" << 0;
    QTest::newRow("more than an int") << "size"
                                      << "4294967297" << qint64(0) << "k: size = 4294967297 is not a whole number" << 0;
    QTest::newRow("lenient and no number") << "room"
                                           << "many" << qint64(100) << "" << 1;
    QTest::newRow("lenient and not positive") << "room"
                                              << "-5" << qint64(100) << "" << 1;
}

void SettingsTest::numbers() {
    QFETCH(QString, key);
    QFETCH(QString, text);
    const catalog::Properties properties{{key.toStdString(), text.toStdString()}};
    Settings settings(kSpec, properties, "k");
    QTEST(qint64(settings.number(key.toStdString())), "value");
    const Status status = settings.status();
    QTEST(status ? QString() : QString::fromStdString(status.error().message), "problem");
    QTEST(int(settings.warnings().size()), "warnings");
}

void SettingsTest::durationsFollowTheDeclaredUnit() {
    const catalog::Properties properties{{"wait", "2"}};
    Settings settings(kSpec, properties, "k");
    QCOMPARE(settings.duration("wait").count(), 2000);
    QCOMPARE(settings.duration("pause").count(), 250);
}

void SettingsTest::flagsAreTrueOnlyForTheWord_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("value");
    QTest::newRow("true") << "true" << true;
    QTest::newRow("any case") << "TrUe" << true;
    QTest::newRow("yes is not true") << "yes" << false;
    QTest::newRow("a longer word") << "truee" << false;
    QTest::newRow("absent") << "" << false;
}

void SettingsTest::flagsAreTrueOnlyForTheWord() {
    QFETCH(QString, text);
    const catalog::Properties properties{{"on", text.toStdString()}};
    Settings settings(kSpec, properties, "k");
    QTEST(settings.flag("on"), "value");
}

void SettingsTest::listsSplitAsDeclared() {
    const catalog::Properties properties{{"words", " a  b\tc "}, {"names", "x, y ,,z z"}};
    Settings settings(kSpec, properties, "k");
    QCOMPARE(settings.list("words"), (std::vector<std::string>{"a", "b", "c"}));
    QCOMPARE(settings.list("names"), (std::vector<std::string>{"x", "y", "z z"}));
}

void SettingsTest::groupsLeaveOutKeysOfTheirOwn() {
    const catalog::Properties properties{{"rest.known", "1"}, {"rest.a", "2"}, {"rest.b.c", "3"}, {"other", "4"}};
    Settings settings(kSpec, properties, "k");
    QCOMPARE(settings.group("rest"), (std::map<std::string, std::string>{{"a", "2"}, {"b.c", "3"}}));
    QCOMPARE(settings.keysRead(), (std::set<std::string, std::less<>>{"rest.<name>", "rest.*"}));
}

void SettingsTest::theFirstProblemIsReported() {
    const catalog::Properties properties{{"port", "x"}, {"size", "y"}};
    Settings settings(kSpec, properties, "k");
    settings.number("port");
    settings.number("size");
    QCOMPARE(settings.status().error().message, std::string("k: port = x is not a whole number"));
}

void SettingsTest::absentStaysAbsent() {
    const catalog::Properties properties{{"limit", "junk"}};
    Settings settings(kSpec, properties, "k");
    QVERIFY(!settings.textIfSet("rest.known"));
    QVERIFY(!settings.numberIfSet("limit"));
    QCOMPARE(settings.warnings().size(), std::size_t(1));
    QVERIFY(settings.status().has_value());
}

MILLRACE_TEST(SettingsTest)
#include "tst_settings.moc"
