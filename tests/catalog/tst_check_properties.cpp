#include "catalog/finding_texts.h"
#include "catalog/support/findings.h"
#include "support/test_program.h"

#include <algorithm>
#include <set>

using millrace::Sentence;
using namespace millrace::catalog;
using namespace millrace::catalog::test;

class TestCheckProperties : public QObject {
    Q_OBJECT
private slots:
    void singleValues_data() {
        addColumns();
        QTest::newRow("all is well") << "netcat"
                                     << "type = netcat | bind = 127.0.0.1 | port = 4000 | channels = c"
                                     << "";
        QTest::newRow("type and channels are judged elsewhere") << "netcat"
                                                                << "bind = 127.0.0.1 | port = 4000"
                                                                << "";
        QTest::newRow("a required value is missing")
            << "netcat"
            << "bind = 127.0.0.1"
            << "removed port: Property port is missing, and Flume refuses this component without it: set port.";
        QTest::newRow("a blank value counts as missing")
            << "netcat"
            << "bind = 127.0.0.1 | port ="
            << "removed port: Property port is missing, and Flume refuses this component without it: set port.";
        QTest::newRow("a comment behind the number")
            << "netcat"
            << "bind = 127.0.0.1 | port = 4100 # admin"
            << "removed port: Property port must be a number, but is '4100 # admin', and Flume refuses this component: "
               "write digits only, without unit or comment.";
        QTest::newRow("a number with a suffix") << "netcat"
                                                << "bind = h | port = 1 | max-line-length = 1k"
                                                << "removed max-line-length: Property max-line-length must be a "
                                                   "number, but is '1k', and Flume refuses this "
                                                   "component: write digits only, without unit or comment. [512]";
        QTest::newRow("a port that does not exist")
            << "netcat"
            << "bind = h | port = 70000"
            << "warning port: Property port is 70000, but a port lies between 0 and 65535: choose another one.";
        QTest::newRow("port 0 is accepted") << "netcat"
                                            << "bind = h | port = 0"
                                            << "";
        QTest::newRow("what only Java knows is not judged") << "netcat"
                                                            << "bind = ${env:HOST} | port = ${sys:port}"
                                                            << "";
        QTest::newRow("no boolean") << "netcat"
                                    << "bind = h | port = 1 | ack-every-event = yes"
                                    << "warning ack-every-event: Property ack-every-event is 'yes', which counts as "
                                       "false: write true or false. "
                                       "[true]";
        QTest::newRow("booleans in any case") << "netcat"
                                              << "bind = h | port = 1 | ack-every-event = FALSE"
                                              << "";
        QTest::newRow("a misspelt name")
            << "netcat"
            << "bind = h | port = 1 | max-line-lenght = 9"
            << "warning max-line-lenght: Flume does not know the property max-line-lenght and ignores it: did you mean "
               "max-line-length? [max-line-length]";
        QTest::newRow("a name from nowhere")
            << "netcat"
            << "bind = h | port = 1 | colour = red"
            << "warning colour: Flume does not know the property colour and ignores it: check the name.";
        QTest::newRow("a misspelt name below a pattern")
            << "TAILDIR"
            << "filegroups = g | filegroups.g = /l/a | filegroup.g = /l/b"
            << "warning filegroup.g: Flume does not know the property filegroup.g and ignores it: did you mean "
               "filegroups.g? [filegroups.g]";
        QTest::newRow("too small, and Flume says so")
            << "seq"
            << "batchSize = 0"
            << "removed batchSize: Property batchSize is 0, but Flume refuses less than 1 here: raise it. [1]";
        QTest::newRow("too small, and Flume does not care")
            << "exec"
            << "command = date | batchSize = 0"
            << "warning batchSize: Property batchSize is 0, but must be at least 1: raise it. [1]";
        QTest::newRow("a choice that Flume checks")
            << "spooldir"
            << "spoolDir = /in | consumeOrder = latest"
            << "removed consumeOrder: Property consumeOrder is 'latest', but Flume refuses everything except oldest, "
               "youngest, random: choose one of these.";
        QTest::newRow("a choice in another case") << "spooldir"
                                                  << "spoolDir = /in | consumeOrder = YOUNGEST"
                                                  << "";
        QTest::newRow("a choice that Flume meets later") << "spooldir"
                                                         << "spoolDir = /in | deletePolicy = sometimes"
                                                         << "warning deletePolicy: Property deletePolicy is "
                                                            "'sometimes', but must be one of never, immediate: choose "
                                                            "one of these.";
        QTest::newRow("an old name stands in for the new one")
            << "http"
            << "port = 1 | enableSSL = false"
            << "information enableSSL: Property enableSSL is out of date: use ssl instead.";
    }
    void singleValues() { compare(ComponentKind::source); }

    void handlersOfAnHttpSourceAreCheckedToo() {
        const ComponentSpec* http = flumeCatalog().find(ComponentKind::source, "http");
        const auto findings = checkProperties(
            *http,
            parse("port = 1 | handler = org.apache.flume.source.http.BLOBHandler | handler.mandatoryParameter = x"));
        QCOMPARE(print(findings),
                 "warning handler.mandatoryParameter: Flume does not know the property handler.mandatoryParameter and "
                 "ignores it: did you mean handler.mandatoryParameters? [handler.mandatoryParameters]\n"
                 "warning handler.mandatoryParameters: The handler answers every request with an error unless "
                 "handler.mandatoryParameters names at least one parameter: set handler.mandatoryParameters.");
    }

    void noComponentFailsOnHostileValues() {
        const std::string hostile[] = {std::string(100000, '('),
                                       std::string(100000, '['),
                                       "\\",
                                       "${",
                                       "%1%9",
                                       ":",
                                       ",,,",
                                       std::string("\0\n\t", 3),
                                       "\xff\xfe"};
        for (const ComponentSpec* spec : flumeCatalog().components()) {
            for (const std::string& value : hostile) {
                Properties properties{{value, value}};
                for (const PropertySpec& property : spec->properties)
                    properties.emplace(property.name, value);
                for (const Finding& finding : checkProperties(*spec, properties))
                    QVERIFY(!finding.message.empty());
            }
        }
    }

    void textsAreSortedAndComplete() {
        std::set<std::string_view> codes;
        const auto texts = findingTexts();
        QVERIFY(std::ranges::is_sorted(texts, {}, &Sentence::code));
        for (const Sentence& text : texts) {
            QVERIFY2(codes.insert(text.code).second, text.code.data());
            QVERIFY2(text.text.ends_with('.') || text.text.ends_with('?'), text.text.data());
        }
    }

    void aLongValueIsShortenedInTheMessage() {
        const std::string accents = "x" + QString(100, QChar(0xe9)).toStdString();
        const Finding finding = makeFinding(Finding::Effect::warning, "p", "not-a-boolean", {"p", accents});
        QCOMPARE(QString::fromStdString(finding.message),
                 "Property p is 'x" + QString(99, QChar(0xe9)) + "…', which counts as false: write true or false.");
        QCOMPARE(finding.arguments[1], accents);
    }

    void argumentsFillTheTextAndNothingElse() {
        const Finding finding = makeFinding(Finding::Effect::warning, "p", "not-a-boolean", {"%2", "yes"});
        QCOMPARE(finding.message, std::string("Property %2 is 'yes', which counts as false: write true or false."));
    }
};

MILLRACE_TEST(TestCheckProperties)
#include "tst_check_properties.moc"
