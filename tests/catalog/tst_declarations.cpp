#include "catalog/component_spec.h"
#include "java/java_number.h"
#include "catalog/millrace/document_parts.h"
#include "catalog/property_pattern.h"
#include "support/test_program.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace millrace::catalog;

namespace {

QString text(std::string_view view) {
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

QByteArray nameOf(const ComponentSpec& spec) {
    return QByteArray(toString(spec.kind)) + ' ' + text(spec.className).toUtf8();
}

bool isOneSentence(std::string_view sentence) {
    return sentence.size() > 10 && sentence.ends_with('.') && sentence.find(". ") == std::string_view::npos &&
           sentence.find('\n') == std::string_view::npos && sentence.front() >= 'A' && sentence.front() <= 'Z';
}

bool contains(std::span<const std::string_view> list, std::string_view value) {
    return std::ranges::find(list, value) != list.end();
}

/// Why the default is no value of its type; empty when it is one.
QString problemOfDefault(const PropertySpec& property) {
    const auto value = property.defaultValue;
    if (value.empty()) return {};
    switch (property.type) {
    case PropertyType::integer:
    case PropertyType::port:
        return millrace::java::parseJavaInt(value) ? "" : "no int";
    case PropertyType::longInteger:
    case PropertyType::duration:
    case PropertyType::bytes:
        return millrace::java::parseJavaLong(value) ? "" : "no long";
    case PropertyType::decimal:
        return millrace::java::parseJavaDouble(value) ? "" : "no double";
    case PropertyType::boolean:
        return value == "true" || value == "false" ? "" : "no boolean";
    case PropertyType::choice:
        return contains(property.choices, value) ? "" : "not among the choices";
    default:
        return {};
    }
}

bool isInRange(const PropertySpec& property) {
    const auto number = millrace::java::parseJavaLong(property.defaultValue);
    return !number || (*number >= property.range.minimum && *number <= property.range.maximum);
}

/// A key that the declared name stands for.
std::string exampleOf(std::string_view name) {
    std::string example(name);
    for (auto open = example.find('<'); open != std::string::npos; open = example.find('<')) {
        example.replace(open, example.find('>') - open + 1, "x");
    }
    if (example.ends_with(".*")) example.replace(example.size() - 1, 1, "zz.zz");
    return example;
}

} // namespace

class TestDeclarations : public QObject {
    Q_OBJECT

    static void addEveryComponent() {
        QTest::addColumn<const ComponentSpec*>("spec");
        for (const ComponentSpec* spec : flumeCatalog().components())
            QTest::newRow(nameOf(*spec)) << spec;
    }
    static void addEveryDeclaration() {
        addEveryComponent();
        for (const ComponentSpec* spec : documentParts())
            QTest::newRow(toString(spec->kind)) << spec;
    }

private slots:
    void everyKindHasItsNumberOfComponents_data() {
        QTest::addColumn<ComponentKind>("kind");
        QTest::addColumn<std::size_t>("count");
        const std::pair<ComponentKind, std::size_t> counts[] = {
            {ComponentKind::source, 21},
            {ComponentKind::channel, 6},
            {ComponentKind::sink, 20},
            {ComponentKind::interceptor, 10},
            {ComponentKind::channelSelector, 3},
            {ComponentKind::sinkProcessor, 3},
            {ComponentKind::eventSerializer, 19},
            {ComponentKind::deserializer, 3},
            {ComponentKind::httpHandler, 3},
            {ComponentKind::configFilter, 3},
            {ComponentKind::pathManager, 2},
            {ComponentKind::keyProvider, 1},
            {ComponentKind::cipherProvider, 1},
            {ComponentKind::monitor, 2},
            {ComponentKind::rpcClient, 4},
        };
        for (const auto& [kind, count] : counts)
            QTest::newRow(toString(kind)) << kind << count;
    }
    void everyKindHasItsNumberOfComponents() {
        QFETCH(ComponentKind, kind);
        QFETCH(std::size_t, count);
        QCOMPARE(flumeCatalog().ofKind(kind).size(), count);
    }

    void typesAreUniqueWithinTheirKind() {
        std::set<std::pair<ComponentKind, QString>> seen;
        for (const ComponentSpec* spec : flumeCatalog().components()) {
            QVERIFY2(seen.emplace(spec->kind, text(spec->className).toLower()).second, nameOf(*spec));
            if (spec->alias.empty()) continue;
            QVERIFY2(seen.emplace(spec->kind, text(spec->alias).toLower()).second, nameOf(*spec));
        }
    }

    void aTypeIsFoundInAnyLetterCase_data() { addEveryComponent(); }
    void aTypeIsFoundInAnyLetterCase() {
        QFETCH(const ComponentSpec*, spec);
        for (const QString& type : {text(spec->alias), text(spec->className)}) {
            if (type.isEmpty()) continue;
            for (const QString& variant : {type, type.toLower(), type.toUpper()}) {
                QCOMPARE(flumeCatalog().find(spec->kind, variant.toStdString()), spec);
            }
        }
    }

    void componentsAreDescribed_data() { addEveryComponent(); }
    void componentsAreDescribed() {
        QFETCH(const ComponentSpec*, spec);
        QVERIFY(!spec->title.empty() && !spec->artifact.empty());
        QVERIFY2(isOneSentence(spec->summary), spec->summary.data());
        const bool ours = spec->className.starts_with("millrace.");
        QVERIFY2(ours || spec->className.starts_with("org.apache.flume."), spec->className.data());
        QVERIFY(!ours || !spec->loadable);
        QVERIFY(spec->loadable || !spec->status.empty());
    }

    void propertiesAreWellFormed_data() { addEveryDeclaration(); }
    void propertiesAreWellFormed() {
        QFETCH(const ComponentSpec*, spec);
        std::set<std::string_view> names;
        for (const PropertySpec& property : spec->properties) {
            const QByteArray name = text(property.name).toUtf8();
            QVERIFY2(names.insert(property.name).second, name + " is declared twice");
            QVERIFY2(isOneSentence(property.help), name + ": " + text(property.help).toUtf8());
            const QString problem = problemOfDefault(property);
            QVERIFY2(problem.isEmpty(), name + ": the default is " + problem.toUtf8());
            QVERIFY2(isInRange(property), name + ": the default lies outside the range");
            QVERIFY2(property.type != PropertyType::choice || !property.choices.empty(), name + " has no choices");
            QVERIFY2(property.type != PropertyType::duration || !property.unit.empty(), name + " has no unit");
            QVERIFY2(!property.required || property.defaultValue.empty(), name + " is required and has a default");
            QVERIFY2(property.replacedBy.empty() || spec->property(property.replacedBy) != nullptr,
                     name + " names a successor that does not exist");
        }
    }

    void patternsDoNotShadowOtherProperties_data() { addEveryDeclaration(); }
    void patternsDoNotShadowOtherProperties() {
        QFETCH(const ComponentSpec*, spec);
        for (const PropertySpec& property : spec->properties) {
            const std::string key = exampleOf(property.name);
            const PropertySpec* found = spec->property(key);
            QVERIFY2(found != nullptr, key.c_str());
            QCOMPARE(text(found->name), text(property.name));
        }
    }

    void whatADocumentHasBeyondFlumeIsDescribed() {
        for (const ComponentSpec* spec : documentParts()) {
            QVERIFY2(isOneSentence(spec->summary), toString(spec->kind));
            QVERIFY(flumeCatalog().ofKind(spec->kind).empty());
        }
        QCOMPARE(text(kTopicPart.property("config.retention.bytes")->defaultValue), "-1");
        QCOMPARE(text(kTopicPart.property("config.flush.ms")->name), "config.*");
    }

    void namedKeysAreDeclared_data() { addEveryComponent(); }
    void namedKeysAreDeclared() {
        QFETCH(const ComponentSpec*, spec);
        std::vector<std::string_view> keys = {spec->batchProperty,    spec->transactionCapacityProperty,
                                              spec->listens.hostKey,  spec->listens.portKey,
                                              spec->connects.hostKey, spec->connects.portKey,
                                              spec->kafka.serversKey, spec->kafka.topicKey,
                                              spec->kafka.topicsKey,  spec->kafka.topicsRegexKey,
                                              spec->kafka.groupKey};
        for (const ComponentPart& part : spec->parts)
            keys.push_back(part.key);
        for (const std::string_view key : keys) {
            if (key.empty()) continue;
            const PropertySpec* property = spec->property(key);
            QVERIFY2(property != nullptr && property->name == key, text(key).toUtf8());
        }
        QCOMPARE(spec->batchProperty.empty(), spec->batchDefault.empty());
        if (!spec->batchProperty.empty()) {
            QCOMPARE(text(spec->batchDefault), text(spec->property(spec->batchProperty)->defaultValue));
            QVERIFY(spec->property(spec->batchProperty)->apply == ApplyClass::live);
        }
    }

    void partsHaveADeclaredDefault_data() { addEveryComponent(); }
    void partsHaveADeclaredDefault() {
        QFETCH(const ComponentSpec*, spec);
        for (const ComponentPart& part : spec->parts) {
            const auto type = spec->property(part.key)->defaultValue;
            const bool none = part.checkedByOwner && type.empty(); // no key provider: nothing is encrypted
            QVERIFY2(none || flumeCatalog().find(part.kind, type) != nullptr, text(type).toUtf8());
            QVERIFY(part.prefix.ends_with('.'));
        }
    }

    void whatChangesWithoutARestartIsMarked_data() {
        QTest::addColumn<ComponentKind>("kind");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("property");
        QTest::addColumn<ApplyClass>("apply");
        const auto live = ApplyClass::live, restart = ApplyClass::restart, lossy = ApplyClass::lossy;
        QTest::newRow("channels of a source") << ComponentKind::source << "netcat"
                                              << "channels" << live;
        QTest::newRow("interceptors") << ComponentKind::source << "netcat"
                                      << "interceptors.i.type" << live;
        QTest::newRow("selector") << ComponentKind::source << "seq"
                                  << "selector.mapping.eu" << live;
        QTest::newRow("channel of a sink") << ComponentKind::sink << "logger"
                                           << "channel" << live;
        QTest::newRow("batch size") << ComponentKind::sink << "avro"
                                    << "batch-size" << live;
        QTest::newRow("capacity") << ComponentKind::channel << "memory"
                                  << "capacity" << live;
        QTest::newRow("priority in a group") << ComponentKind::sinkProcessor << "failover"
                                             << "priority.k1" << live;
        QTest::newRow("port") << ComponentKind::source << "netcat"
                              << "port" << restart;
        QTest::newRow("path") << ComponentKind::sink << "file_roll"
                              << "sink.directory" << restart;
        QTest::newRow("type of a sink") << ComponentKind::sink << "null"
                                        << "type" << restart;
        QTest::newRow("type of a channel") << ComponentKind::channel << "memory"
                                           << "type" << lossy;
    }
    void whatChangesWithoutARestartIsMarked() {
        QFETCH(ComponentKind, kind);
        QFETCH(QString, type);
        QFETCH(QString, property);
        QFETCH(ApplyClass, apply);
        const PropertySpec* found = flumeCatalog().find(kind, type.toStdString())->property(property.toStdString());
        QVERIFY(found != nullptr);
        QCOMPARE(found->apply, apply);
    }
};

MILLRACE_TEST(TestDeclarations)
#include "tst_declarations.moc"
