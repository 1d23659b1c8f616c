#include "flume/registry.h"
#include "flume/support/test_context.h"
#include "net/event_loop.h"
#include "support/test_program.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using catalog::ComponentKind;

namespace {

/// What the agent reads for all components of a kind: their type, and how they are wired.
bool isForTheAgent(std::string_view key) {
    return key == "type" || key == "channel" || key == "channels" || key == "interceptors" || key == "interceptors.*" ||
           key == "selector.type" || key == "selector.*";
}
/// What Flume's runner of polled sources reads, and ours.
bool isForTheRunner(const catalog::ComponentSpec& spec, std::string_view key) {
    return spec.kind == ComponentKind::source && spec.property("backoffSleepIncrement") != nullptr &&
           (key == "backoffSleepIncrement" || key == "maxBackoffSleep");
}

std::string concrete(std::string_view pattern) {
    std::string key(pattern);
    if (key.ends_with(".*")) key.replace(key.size() - 1, 1, "x");
    for (auto open = key.find('<'); open != std::string::npos; open = key.find('<'))
        key.replace(open, key.find('>') - open + 1, key.find("<port>") == open ? "1024" : "x");
    return key;
}

/// A value that the declaration allows.
std::string sample(const catalog::PropertySpec& property) {
    using Type = catalog::PropertyType;
    if (!property.defaultValue.empty()) return std::string(property.defaultValue);
    if (property.name == "ports") return "1024";
    switch (property.type) {
    case Type::integer:
    case Type::longInteger:
    case Type::decimal:
    case Type::duration:
    case Type::bytes:
        return std::to_string(std::max<std::int64_t>(property.range.minimum, 1));
    case Type::port:
        return "1024";
    case Type::boolean:
        return "false";
    case Type::host:
        return "127.0.0.1";
    case Type::path:
        return "./x";
    case Type::charset:
        return "UTF-8";
    default:
        return property.choices.empty() ? "x" : std::string(property.choices.front());
    }
}

/// Where not everything that the declaration allows can be made here.
std::string special(std::string_view key, const std::string& otherwise) {
    if (key == "hdfs.codeC") return "gzip";
    if (key == "hdfs.path") return "/x";
    if (key == "hdfs.webAddress") return "http://127.0.0.1:9870";
    if (key.starts_with("hdfs.kerberos")) return "";
    return otherwise;
}

/// An old name is left out: it would stand in for the new one, or be refused.
catalog::Properties everythingSet(const catalog::ComponentSpec& spec) {
    catalog::Properties properties;
    for (const catalog::PropertySpec& property : spec.properties)
        if (property.replacedBy.empty())
            properties.emplace(concrete(property.name), special(property.name, sample(property)));
    return properties;
}

class Idle final : public GroupSink {
public:
    const std::string& name() const override { return name_; }
    Result<Cycle> cycle() override { return Cycle::idle(); }

private:
    std::string name_ = "x";
};

/// Makes the component by its factory, of whatever kind; "" or why it could not be made.
QString make(const catalog::ComponentSpec& spec, Settings& settings, const ComponentServices& services) {
    const auto made = [&]<typename F>(F factory, const auto&... more) -> std::optional<QString> {
        if (!factory) return {};
        const auto product = factory(settings, services, more...);
        return product ? QString() : QString::fromStdString(product.error().message);
    };
    const Registry& registry = builtinRegistry();
    Idle first, second;
    ProcessorParts parts{{&first, &second}, {}};
    if (spec.alias == "default") parts.sinks.pop_back();
    const std::vector<std::string> channels{"x"};
    for (const auto& outcome :
         {made(registry.find<SourceFactory>(spec)), made(registry.find<SinkFactory>(spec)),
          made(registry.find<ChannelFactory>(spec)), made(registry.find<InterceptorFactory>(spec)),
          made(registry.find<SerializerFactory>(spec)), made(registry.find<PathManagerFactory>(spec)),
          made(registry.find<DeserializerFactory>(spec)), made(registry.find<HttpHandlerFactory>(spec)),
          made(registry.find<KeyProviderFactory>(spec)),
          made(registry.find<SelectorFactory>(spec), channels), made(registry.find<ProcessorFactory>(spec), parts)})
        if (outcome) return *outcome;
    return "no kind that runs";
}

QStringList textOf(const std::set<std::string, std::less<>>& keys) {
    QStringList all;
    for (const std::string& key : keys)
        all << QString::fromStdString(key);
    return all;
}

} // namespace

class DeclaredKeysTest : public QObject {
    Q_OBJECT
private slots:
    void everyDeclaredCounterIsOneThatCanBeCounted() {
        for (const catalog::ComponentSpec* spec : catalog::flumeCatalog().components())
            for (const std::string_view name : spec->counters) {
                const auto counter = flumeCounterNamed(name);
                QVERIFY2(counter && nameOf(*counter) == name, std::string(name).c_str());
            }
    }

    void aFactoryReadsExactlyWhatItsDeclarationHas_data() {
        QTest::addColumn<const catalog::ComponentSpec*>("spec");
        for (const catalog::ComponentSpec* spec : catalog::flumeCatalog().components())
            if (builtinRegistry().implements(*spec)) QTest::newRow(std::string(spec->className).c_str()) << spec;
    }
    void aFactoryReadsExactlyWhatItsDeclarationHas() {
        QFETCH(const catalog::ComponentSpec*, spec);
        QTemporaryDir directory;
        net::EventLoop loop("declared keys");
        TestContext context(*spec, directory.path().toStdString());
        context.context().loop = [&]() -> net::EventLoop& { return loop; };
        const catalog::Properties properties = everythingSet(*spec);
        Settings settings(*spec, properties, "x");
        const QString problem = make(*spec, settings, context.context());
        QVERIFY2(problem.isEmpty(), qPrintable(problem));

        std::set<std::string, std::less<>> declared;
        for (const catalog::PropertySpec& property : spec->properties)
            if (!isForTheAgent(property.name) && !isForTheRunner(*spec, property.name)) declared.emplace(property.name);
        QCOMPARE(textOf(settings.keysRead()), textOf(declared));
    }
};

MILLRACE_TEST(DeclaredKeysTest)
#include "tst_declared_keys.moc"
