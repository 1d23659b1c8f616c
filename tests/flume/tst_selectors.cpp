#include "flume/selector.h"
#include "flume/support/test_context.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

using Lines = QStringList;

/// Three channels c d e; properties written as "key=value".
Result<std::unique_ptr<Selector>> selectorOf(const Lines& lines) {
    catalog::Properties properties;
    for (const QString& line : lines)
        properties["selector." + line.section('=', 0, 0).toStdString()] = line.section('=', 1).toStdString();
    static TestContext context(specOf(catalog::ComponentKind::source, "seq"));
    return makeSelector(properties, {"c", "d", "e"}, context.context());
}

QString names(const std::vector<EventRanges>& routes) {
    QString text;
    for (std::size_t i = 0; i < routes.size(); ++i)
        if (eventCount(routes[i]) > 0) text += QChar("cde"[i]);
    return text;
}

} // namespace

class SelectorsTest : public QObject {
    Q_OBJECT
private slots:
    void oneEvent_data();
    void oneEvent();
    void refusals_data();
    void refusals();
    void aBatchIsSplitInOrder();
    void loadBalancingGivesEachEventToOne();
};

void SelectorsTest::oneEvent_data() {
    QTest::addColumn<Lines>("selector");
    QTest::addColumn<QString>("value"); // of the header kind; "-" = no such header
    QTest::addColumn<QString>("required");
    QTest::addColumn<QString>("optional");
    const Lines mapping{"type=multiplexing", "header=kind", "mapping.web=c d", "mapping.app=e", "default=d"};
    QTest::newRow("replicating by default") << Lines{} << "-"
                                            << "cde"
                                            << "";
    QTest::newRow("replicating with optional ones") << Lines{"type=replicating", "optional=d e"} << "-"
                                                    << "c"
                                                    << "de";
    QTest::newRow("mapped") << mapping << "web"
                            << "cd"
                            << "";
    QTest::newRow("mapped to one") << mapping << "app"
                                   << "e"
                                   << "";
    QTest::newRow("unmapped goes to the default") << mapping << "other"
                                                  << "d"
                                                  << "";
    QTest::newRow("letter case matters") << mapping << "Web"
                                         << "d"
                                         << "";
    QTest::newRow("missing goes to the default") << mapping << "-"
                                                 << "d"
                                                 << "";
    QTest::newRow("blank goes to the default") << mapping << "  "
                                               << "d"
                                               << "";
    QTest::newRow("no default drops") << Lines{"type=multiplexing", "header=kind", "mapping.web=c"} << "other"
                                      << ""
                                      << "";
    QTest::newRow("optional beside mapped") << mapping + Lines{"optional.web=d e"} << "web"
                                            << "cd"
                                            << "e";
    QTest::newRow("optional without a mapping has the default") << mapping + Lines{"optional.new=c d"} << "new"
                                                                << "d"
                                                                << "c";
    QTest::newRow("optional of another value") << mapping + Lines{"optional.web=e"} << "app"
                                               << "e"
                                               << "";
    QTest::newRow("class name") << Lines{"type=org.apache.flume.channel.ReplicatingChannelSelector"} << "-"
                                << "cde"
                                << "";
    QTest::newRow("the default header") << Lines{"type=multiplexing", "mapping.web=c", "default=d"} << "web"
                                        << "d"
                                        << "";
}

void SelectorsTest::oneEvent() {
    QFETCH(Lines, selector);
    QFETCH(QString, value);
    const auto made = selectorOf(selector);
    QVERIFY2(made.has_value(), made ? "" : made.error().message.c_str());
    HeaderEntries headers;
    if (value != "-") headers.emplace_back("kind", value.toStdString());
    Routes routes;
    routes.reset(3);
    (*made)->route({{makeBatch({"x"}, headers), 0, 1}}, routes);
    QTEST(names(routes.required), "required");
    QTEST(names(routes.optional), "optional");
}

void SelectorsTest::refusals_data() {
    QTest::addColumn<Lines>("selector");
    QTest::addColumn<QString>("error");
    QTest::newRow("unknown class") << Lines{"type=com.example.Mine"}
                                   << "selector.type = com.example.Mine is not implemented here";
    QTest::newRow("a channel of another source")
        << Lines{"type=multiplexing", "mapping.web=c x"}
        << "selector.mapping.web names the channel 'x', which this source does not write to";
    QTest::newRow("two blanks hold an empty name")
        << Lines{"type=multiplexing", "default=c  d"}
        << "selector.default names the channel '', which this source does not write to";
    QTest::newRow("unknown optional") << Lines{"optional=x"}
                                      << "selector.optional names the channel 'x', which this source does not write to";
    QTest::newRow("unknown policy") << Lines{"type=load_balancing", "policy=best"}
                                    << "selector.policy = best is not implemented here; round_robin and random are";
}

void SelectorsTest::refusals() {
    QFETCH(Lines, selector);
    const auto made = selectorOf(selector);
    QVERIFY(!made);
    QTEST(QString::fromStdString(made.error().message), "error");
}

void SelectorsTest::aBatchIsSplitInOrder() {
    const auto selector = selectorOf({"type=multiplexing", "header=kind", "mapping.web=c", "mapping.app=d"});
    const auto web = makeHeaders({{"kind", "web"}}), app = makeHeaders({{"kind", "app"}});
    EventBatchBuilder builder;
    for (int i = 0; i < 6; ++i) {
        builder.setHeaders(i == 2 || i == 3 ? app : web);
        QVERIFY(builder.add(std::to_string(i)));
    }
    Routes routes;
    routes.reset(3);
    (*selector)->route({{builder.finish(), 1, 6}}, routes);
    QCOMPARE(routes.required[0].size(), std::size_t(2));
    QVERIFY(routes.required[0][0].first == 1 && routes.required[0][0].last == 2);
    QVERIFY(routes.required[0][1].first == 4 && routes.required[0][1].last == 6);
    QVERIFY(routes.required[1][0].first == 2 && routes.required[1][0].last == 4);
}

void SelectorsTest::loadBalancingGivesEachEventToOne() {
    for (const char* policy : {"policy=round_robin", "policy=RANDOM"}) {
        const auto selector = selectorOf({"type=load_balancing", policy});
        QVERIFY(selector.has_value());
        Routes routes;
        routes.reset(3);
        (*selector)->route({{makeBatch(std::vector<std::string>(300, "x")), 0, 300}}, routes);
        std::size_t total = 0;
        for (const EventRanges& ranges : routes.required) {
            QVERIFY(eventCount(ranges) > 30);
            total += eventCount(ranges);
        }
        QCOMPARE(total, std::size_t(300));
    }
}

MILLRACE_TEST(SelectorsTest)
#include "tst_selectors.moc"
