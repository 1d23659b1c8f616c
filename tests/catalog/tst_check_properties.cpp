#include "catalog/support/findings.h"
#include "catalog/finding_texts.h"
#include "support/test_program.h"

#include <algorithm>
#include <set>
#include <string>

using millrace::Sentence;
using namespace millrace::catalog;
using namespace millrace::catalog::test;

class TestCheckProperties : public QObject {
    Q_OBJECT
private slots:
    void interceptors_data() {
        addColumns();
        QTest::newRow("regex_extractor: in order") << "regex_extractor"
                                                   << "regex = (\\d+) | serializers = s | serializers.s.name = n"
                                                   << "";
        QTest::newRow("regex_extractor: default in small letters")
            << "regex_extractor"
            << "regex = (.) | serializers = s | serializers.s.name = n | serializers.s.type = default"
            << "removed serializers.s.type: serializers.s.type is 'default', but Flume knows only DEFAULT in capitals "
               "or a "
               "class name, and refuses the source: write DEFAULT. [DEFAULT]";
        QTest::newRow("regex_extractor: a group without a name")
            << "regex_extractor"
            << "regex = (.)(.) | serializers = s t | serializers.s.name = n"
            << "removed serializers.t.name: serializers.t.name is missing, the name of the header for this group, and "
               "Flume "
               "refuses the source: set serializers.t.name.";
        QTest::newRow("regex_filter: a malformed pattern")
            << "regex_filter"
            << "regex = [a"
            << "removed regex: The pattern in regex is malformed at character 1, '[', and Flume refuses this "
               "component: "
               "complete the brackets, or put a backslash in front to mean the character itself.";
        QTest::newRow("regex_filter: what only Java reads")
            << "regex_filter"
            << "regex = x[a-z&&[^b]]i"
            << "warning regex: The pattern in regex has '&&' inside of a character class, at character 6. Apache Flume "
               "reads that, this version of Millrace does not and leaves the component out: write one class without "
               "it.";
        QTest::newRow("remove_header: nothing to remove") << "remove_header"
                                                          << ""
                                                          << "warning withName: The interceptor removes nothing: set "
                                                             "withName, fromList or matching to say which headers "
                                                             "go.";
        QTest::newRow("static: defaults") << "static"
                                          << ""
                                          << "";
    }
    void interceptors() { compare(ComponentKind::interceptor); }

    void selectors_data() {
        addColumns();
        QTest::newRow("multiplexing: no default") << "multiplexing"
                                                  << "header = region | mapping.eu = c1"
                                                  << "warning default: Events whose header has no mapping vanish "
                                                     "without a trace, because default is missing: name "
                                                     "a channel for them.";
        QTest::newRow("multiplexing: complete") << "multiplexing"
                                                << "header = region | mapping.eu.west = c1 | default = c2"
                                                << "";
    }
    void selectors() { compare(ComponentKind::channelSelector); }

    void processors_data() {
        addColumns();
        QTest::newRow("failover: one priority for two sinks")
            << "failover"
            << "priority.a = 5 | priority.b = 5"
            << "warning priority.b: priority.b is 5 like that of another sink of the group, so Flume never uses one of "
               "the "
               "two: choose different numbers.";
        QTest::newRow("load_balance: a selector of the user's") << "load_balance"
                                                                << "selector = com.example.Mine"
                                                                << "";
        QTest::newRow("load_balance: a misspelt selector")
            << "load_balance"
            << "selector = round-robin"
            << "removed selector: 'round-robin' in selector is no type that Flume knows and no full class name, and "
               "Flume "
               "refuses this component: check the spelling. [round_robin]";
        QTest::newRow("failover: a priority that is no number")
            << "failover"
            << "priority.a = high"
            << "warning priority.a: Property priority.a must be a number, but is 'high', so Flume ignores it: write "
               "digits "
               "only, without unit or comment.";
    }
    void processors() { compare(ComponentKind::sinkProcessor); }

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
