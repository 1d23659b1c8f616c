#include "support/test_program.h"
#include "topology/support/plans.h"

using namespace millrace;
using namespace millrace::topology;
using namespace millrace::topology::test;

namespace {

const std::string kSmall = "a.sources=s\na.channels=c\na.channels.c.type=memory\na.sources.s.channels=c\n"
                           "a.sources.s.type=netcat\na.sources.s.bind=h\na.configfilters=f\n";

PlanOptions withEnvironment() {
    PlanOptions options;
    options.around.environment = {{"PORT", "4141"}, {"A-b_9", "4242"}};
    return options;
}

std::string portOf(const RunPlan& plan) {
    if (plan.agents.empty() || plan.agents[0].sources.empty()) return {};
    return plan.agents[0].sources[0].properties.at("port");
}

} // namespace

class TestConfigFilters : public QObject {
    Q_OBJECT
private slots:
    void theEnvironmentFillsIn_data() {
        QTest::addColumn<QByteArray>("port");
        QTest::addColumn<QByteArray>("result"); // empty: the source goes
        QTest::newRow("in single quotes") << QByteArray("${f['PORT']}") << QByteArray("4141");
        QTest::newRow("in double quotes") << QByteArray("${f[\"PORT\"]}") << QByteArray("4141");
        QTest::newRow("without quotes") << QByteArray("${f[PORT]}") << QByteArray("4141");
        QTest::newRow("all characters that a key may have") << QByteArray("${f['A-b_9']}") << QByteArray("4242");
        QTest::newRow("a part of the value") << QByteArray("1${f[PORT]}") << QByteArray("14141");
        QTest::newRow("quotes of two kinds") << QByteArray("${f['PORT\"]}") << QByteArray();
        QTest::newRow("a quote that is not closed") << QByteArray("${f['PORT]}") << QByteArray();
        QTest::newRow("a dot in the key") << QByteArray("${f['PO.RT']}") << QByteArray();
        QTest::newRow("no key") << QByteArray("${f['']}") << QByteArray();
        QTest::newRow("the end of the value") << QByteArray("${f[") << QByteArray();
        QTest::newRow("another filter") << QByteArray("${g['PORT']}") << QByteArray();
        QTest::newRow("a variable that is not set") << QByteArray("${f['NONE']}") << QByteArray();
    }
    void theEnvironmentFillsIn() {
        QFETCH(QByteArray, port);
        QFETCH(QByteArray, result);
        const std::string text = kSmall + "a.configfilters.f.type=ENV\na.sources.s.port=" + port.toStdString() + "\n";
        QCOMPARE(QByteArray::fromStdString(portOf(planOf(text, withEnvironment()))), result);
        QCOMPARE(textOf(planOf(text, withEnvironment()).flume),
                 std::string(result.isEmpty() ? "a:  |  |  | \n" : "a: s | c |  | \n"));
    }

    void aVariableThatIsNotSetIsTold() {
        const RunPlan result =
            planOf(kSmall + "a.configfilters.f.type=env\na.sources.s.port=${f['NONE']}\n", withEnvironment());
        QCOMPARE(QByteArray::fromStdString(codesOf(result)), QByteArray("channel-unattached not-a-number environment-filter-missing "));
    }

    void aFilterThatFlumeCannotMakeFillsInNothing_data() {
        QTest::addColumn<QByteArray>("filter");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("no properties") << QByteArray() << QByteArray("filter-not-made");
        QTest::newRow("no type") << QByteArray("a.configfilters.f.x=1\n") << QByteArray("filter-not-made");
        QTest::newRow("an unknown type") << QByteArray("a.configfilters.f.type=vault\n")
                                         << QByteArray("filter-not-made");
        QTest::newRow("a class in the wrong letter case")
            << QByteArray("a.configfilters.f.type=org.apache.flume.configfilter.environmentVariableConfigFilter\n")
            << QByteArray("filter-not-made");
        QTest::newRow("no command") << QByteArray("a.configfilters.f.type=external\n")
                                    << QByteArray("filter-without-command");
    }
    void aFilterThatFlumeCannotMakeFillsInNothing() {
        QFETCH(QByteArray, filter);
        QFETCH(QByteArray, code);
        const RunPlan result =
            planOf(kSmall + filter.toStdString() + "a.sources.s.port=${f['PORT']}\n", withEnvironment());
        QVERIFY(codesOf(result).find(code.toStdString()) != std::string::npos);
        QVERIFY(codesOf(result).find("not-a-number") != std::string::npos);
    }

    void aCommandIsAskedOnceForEachKey() {
        PlanOptions options;
        std::vector<std::vector<std::string>> asked;
        options.askCommand = [&](const std::vector<std::string>& command) -> Result<std::string> {
            asked.push_back(command);
            if (command.back() == "PORT") return std::string("4141");
            return Error{ErrorCode::io, "vault ended with 2", false};
        };
        const RunPlan result =
            planOf(kSmall + "a.configfilters.f.type=external\na.configfilters.f.command=vault  get\n"
                            "a.sources.s.port=${f['PORT']}\na.sources.s.bind=${f['PORT']}${f[HOST]}\n",
                   options);
        QCOMPARE(portOf(result), std::string("4141"));
        QCOMPARE(result.agents[0].sources[0].properties.at("bind"), std::string("4141${f[HOST]}"));
        QCOMPARE(asked.size(), std::size_t{2});
        QCOMPARE(joined(asked[0]), std::string("vault get PORT"));
        QVERIFY(codesOf(result).find("filter-without-answer") != std::string::npos);
    }

    void whatACommandWouldSayIsNotJudged() {
        const RunPlan result = planOf(kSmall + "a.configfilters.f.type=external\na.configfilters.f.command=vault\n"
                                               "a.sources.s.port=${f['PORT']}\n");
        QCOMPARE(codesOf(result), std::string());
        QCOMPARE(textOf(result.flume), std::string("a: s | c |  | \n"));
        QCOMPARE(textOf(result.here), std::string("a: s | c |  | \n"));
        QCOMPARE(result.diagnostics.front().code, std::string("filter-not-asked"));
    }

    void whatHadoopsStoreFillsInOnlyFlumeRuns() {
        const RunPlan result = planOf(
            kSmall + "a.sinks=k\na.sinks.k.type=null\na.sinks.k.channel=c\na.configfilters.f.type=hadoop\n"
                     "a.configfilters.f.credential.provider.path=jceks://file/x\na.sources.s.port=${f['PORT']}\n");
        QCOMPARE(textOf(result.flume), std::string("a: s | c | k | \n"));
        QCOMPARE(textOf(result.here), std::string("a:  | c | k | \n"));
        QCOMPARE(codesOf(result), std::string("foreign-filter "));
        QCOMPARE(result.diagnostics.front().node, std::string("a/sources/s"));
        QCOMPARE(result.diagnostics.front().property, std::string("port"));
    }
};

MILLRACE_TEST(TestConfigFilters)
#include "tst_config_filters.moc"
