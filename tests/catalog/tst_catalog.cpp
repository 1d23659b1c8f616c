#include "catalog/component_spec.h"
#include "java/java_number.h"
#include "java/java_regex_syntax.h"
#include "catalog/millrace/document_parts.h"
#include "catalog/property_pattern.h"
#include "support/test_program.h"

#include <QtTest>

#include <set>

using namespace millrace::catalog;

class TestCatalog : public QObject {
    Q_OBJECT
private slots:
    void aClassOfTheUsersIsNotFound() {
        QVERIFY(flumeCatalog().find(ComponentKind::source, "com.example.MySource") == nullptr);
        QVERIFY(flumeCatalog().find(ComponentKind::source, "") == nullptr);
        QVERIFY(flumeCatalog().find(ComponentKind::sink, "netcat") == nullptr);
    }

    void aClassNameMustHaveItsLetterCase() {
        const ComponentSpec* memory = flumeCatalog().find(ComponentKind::channel, "memory");
        QVERIFY(Catalog::exactClass(*memory, "MEMORY"));
        QVERIFY(Catalog::exactClass(*memory, "org.apache.flume.channel.MemoryChannel"));
        QVERIFY(!Catalog::exactClass(*memory, "org.apache.flume.channel.memorychannel"));
    }

    void theNearestNameIsFound_data() {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("nearest");
        QTest::newRow("a letter too much") << "portt"
                                           << "port";
        QTest::newRow("a letter missing") << "transactionCapcity"
                                          << "transactionCapacity";
        QTest::newRow("other letter case") << "Capacity"
                                           << "capacity";
        QTest::newRow("all capitals") << "CAPACITY"
                                      << "capacity";
        QTest::newRow("nothing alike") << "colour"
                                       << "";
        QTest::newRow("empty") << ""
                               << "";
        QTest::newRow("a hostile length") << QString(100000, 'x') << "";
    }
    void theNearestNameIsFound() {
        QFETCH(QString, word);
        QFETCH(QString, nearest);
        const std::vector<std::string_view> names = {"capacity", "transactionCapacity", "port", "keep-alive"};
        QCOMPARE(QString::fromStdString(Catalog::nearest(word.toStdString(), names)), nearest);
    }

    void keysAreFoundThroughPatterns_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("declared");
        QTest::newRow("a plain name") << "TAILDIR"
                                      << "filegroups"
                                      << "filegroups";
        QTest::newRow("one chosen element") << "TAILDIR"
                                            << "filegroups.log"
                                            << "filegroups.<group>";
        QTest::newRow("two chosen elements") << "TAILDIR"
                                             << "headers.log.team"
                                             << "headers.<group>.<key>";
        QTest::newRow("the last element with dots") << "TAILDIR"
                                                    << "headers.log.a.b"
                                                    << "headers.<group>.<key>";
        QTest::newRow("any rest") << "org.apache.flume.source.kafka.KafkaSource"
                                  << "kafka.consumer.max.poll.records"
                                  << "kafka.consumer.*";
        QTest::newRow("a name before a pattern") << "org.apache.flume.source.kafka.KafkaSource"
                                                 << "kafka.consumer.group.id"
                                                 << "kafka.consumer.group.id";
        QTest::newRow("an element missing") << "TAILDIR"
                                            << "headers.log"
                                            << "";
        QTest::newRow("an empty element") << "TAILDIR"
                                          << "filegroups."
                                          << "";
        QTest::newRow("a prefix without a rest") << "TAILDIR"
                                                 << "interceptors."
                                                 << "";
        QTest::newRow("unknown") << "TAILDIR"
                                 << "fileGroups"
                                 << "";
        QTest::newRow("empty") << "TAILDIR"
                               << ""
                               << "";
    }
    void keysAreFoundThroughPatterns() {
        QFETCH(QString, type);
        QFETCH(QString, key);
        QFETCH(QString, declared);
        const ComponentSpec* spec = flumeCatalog().find(ComponentKind::source, type.toStdString());
        const PropertySpec* property = spec->property(key.toStdString());
        QCOMPARE(property ? QString::fromStdString(std::string(property->name)) : QString(), declared);
    }

    void numbersAreReadAsJavaReadsThem_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isInt");
        QTest::addColumn<bool>("isLong");
        QTest::newRow("digits") << "100" << true << true;
        QTest::newRow("a plus sign") << "+7" << true << true;
        QTest::newRow("a minus sign") << "-7" << true << true;
        QTest::newRow("blanks round it") << " 42\t" << true << true;
        QTest::newRow("leading zeros") << "007" << true << true;
        QTest::newRow("above int") << "2147483648" << false << true;
        QTest::newRow("above long") << "9223372036854775808" << false << false;
        QTest::newRow("a suffix") << "10k" << false << false;
        QTest::newRow("an underscore") << "1_000" << false << false;
        QTest::newRow("a blank inside") << "1 000" << false << false;
        QTest::newRow("a trailing comment") << "4141 # avro" << false << false;
        QTest::newRow("hexadecimal") << "0x10" << false << false;
        QTest::newRow("a fraction") << "1.5" << false << false;
        QTest::newRow("two signs") << "+-1" << false << false;
        QTest::newRow("a sign alone") << "+" << false << false;
        QTest::newRow("empty") << "" << false << false;
    }
    void numbersAreReadAsJavaReadsThem() {
        QFETCH(QString, text);
        QFETCH(bool, isInt);
        QFETCH(bool, isLong);
        QCOMPARE(millrace::java::parseJavaInt(text.toStdString()).has_value(), isInt);
        QCOMPARE(millrace::java::parseJavaLong(text.toStdString()).has_value(), isLong);
    }

    void wellFormedPatternsPass_data() {
        QTest::addColumn<QString>("pattern");
        QTest::newRow("plain") << "error";
        QTest::newRow("empty") << "";
        QTest::newRow("groups and classes") << "^(\\d+)-([a-z&&[^b]]+)(?:x|y)*$";
        QTest::newRow("escaped brackets") << "\\(\\[";
        QTest::newRow("a bracket first in its class") << "[]a]";
        QTest::newRow("a bracket first in a negated class") << "[^]]";
        QTest::newRow("round brackets in a class") << "[(]";
        QTest::newRow("quoted text") << "\\Q([*\\E+";
        QTest::newRow("flags") << "(?i)warn";
        QTest::newRow("repetitions") << "a{2}b{2,}c{2,5}";
        QTest::newRow("braces of an escape") << "\\p{Alpha}\\P{L}\\x{1F600}";
        QTest::newRow("a closing brace alone") << "a}";
        QTest::newRow("a brace in a class") << "[{]";
    }
    void wellFormedPatternsPass() {
        QFETCH(QString, pattern);
        QVERIFY(!millrace::java::regexProblem(pattern.toStdString()));
    }

    void malformedPatternsAreLocated_data() {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<char>("character");
        QTest::addColumn<int>("position");
        QTest::newRow("an open group") << "x(a" << '(' << 2;
        QTest::newRow("the inner of two groups closed") << "(a(b)" << '(' << 1;
        QTest::newRow("a closing bracket alone") << "a)" << ')' << 2;
        QTest::newRow("an open class") << "[a-z" << '[' << 1;
        QTest::newRow("a shell wildcard") << "*.log" << '*' << 1;
        QTest::newRow("a repeat after a bar") << "a|+b" << '+' << 3;
        QTest::newRow("a brace that repeats nothing") << "${env:X}" << '{' << 2;
        QTest::newRow("a repetition that is not closed") << "a{2" << '{' << 2;
        QTest::newRow("a repetition without a number") << "a{,2}" << '{' << 2;
        QTest::newRow("a backslash at the end") << "a\\" << '\\' << 2;
    }
    void malformedPatternsAreLocated() {
        QFETCH(QString, pattern);
        QFETCH(char, character);
        QFETCH(int, position);
        const auto problem = millrace::java::regexProblem(pattern.toStdString());
        QVERIFY(problem.has_value());
        QCOMPARE(problem->character, character);
        QCOMPARE(int(problem->position), position);
    }

    void whatOnlyJavaReadsIsLocated_data() {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<char>("character"); // blank: nothing
        QTest::addColumn<int>("position");
        QTest::newRow("an intersection") << "x[a-z&&[^b]]" << '&' << 6;
        QTest::newRow("a class in a class") << "[a[bc]]" << '[' << 3;
        QTest::newRow("behind a closed class") << "[]a][^]&&b]" << '&' << 8;
        QTest::newRow("ampersands outside of a class") << "a&&[b]" << ' ' << 0;
        QTest::newRow("escaped and quoted ones") << "[a\\[b]\\Q[a&&\\E" << ' ' << 0;
        QTest::newRow("one ampersand") << "[&]" << ' ' << 0;
        QTest::newRow("a backslash at the end") << "a\\" << ' ' << 0;
    }
    void whatOnlyJavaReadsIsLocated() {
        QFETCH(QString, pattern);
        const auto found = millrace::java::javaOnlySyntax(pattern.toStdString());
        QTEST(found ? found->character : ' ', "character");
        QTEST(found ? int(found->position) : 0, "position");
    }

    void patternsAreFilledInForComparison_data() {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("filled");
        QTest::newRow("a chosen element") << "filegroups.<group>"
                                          << "filegroup.log"
                                          << "filegroups.log";
        QTest::newRow("any rest") << "kafka.producer.*"
                                  << "kafka.produser.linger.ms"
                                  << "kafka.producer.linger.ms";
        QTest::newRow("plain names") << "port"
                                     << "prot"
                                     << "port";
        QTest::newRow("another shape") << "port"
                                       << "ports.x"
                                       << "";
    }
    void patternsAreFilledInForComparison() {
        QFETCH(QString, pattern);
        QFETCH(QString, key);
        QFETCH(QString, filled);
        QCOMPARE(QString::fromStdString(fillPattern(pattern.toStdString(), key.toStdString())), filled);
    }

    void helpTextsAreCollectedOnce() {
        const auto texts = helpTexts();
        const std::set<std::string_view> unique(texts.begin(), texts.end());
        QCOMPARE(texts.size(), unique.size());
        for (const ComponentSpec* spec : flumeCatalog().components())
            QVERIFY(unique.contains(spec->summary));
        for (const ComponentSpec* spec : documentParts())
            QVERIFY(unique.contains(spec->properties.front().help));
    }
};

MILLRACE_TEST(TestCatalog)
#include "tst_catalog.moc"
