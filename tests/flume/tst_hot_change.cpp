// Everything that can change while an agent runs is changed while it runs: nothing is lost, nothing comes twice,
// nothing but what was edited is touched. `bench_hot_change` measures the same edits.
#include "flume/support/agent_fixture.h"
#include "flume/support/live_edits.h"
#include "support/test_program.h"

#include <QtTest>

#include <set>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* kTouched[] = {"c", "f", "p"};

/// Events have come out of every channel since.
void awaitMore() {
    std::map<std::string, std::uint64_t> before;
    for (const char* channel : {"c", "f", "p", "u"})
        before[channel] = NumbersSeen::of(channel).count;
    for (const auto& [channel, count] : before)
        QTRY_VERIFY(NumbersSeen::of(channel).count > count + 300);
}

/// A property as its declaration names it, of the component or of one of its parts.
bool declaredLive(const catalog::ComponentSpec& spec, std::string_view key) {
    const catalog::PropertySpec* property = spec.property(key);
    return property != nullptr && property->apply == catalog::ApplyClass::live;
}

} // namespace

class HotChangeTest : public QObject {
    Q_OBJECT
private slots:
    void anEditTouchesNothingElseAndLosesNothing_data() {
        QTest::addColumn<int>("edit");
        int index = 0;
        for (const LiveEdit& edit : kLiveEdits)
            QTest::addRow("%s %s", edit.component, edit.key) << index++;
    }
    void anEditTouchesNothingElseAndLosesNothing();
    void allEditsOneAfterTheOther();
    void noPropertyThatIsDeclaredLiveIsLeftOut();

private:
    static void endAndCheckNumbers(AgentFixture& fixture);
};

void HotChangeTest::endAndCheckNumbers(AgentFixture& fixture) {
    for (const char* source : {"a/sources/s", "a/sources/untouched"})
        QVERIFY(fixture->stopNode(source));
    // What waits on the disk would be kept for the next start.
    for (const char* channel : {"a/channels/c", "a/channels/f", "a/channels/p", "a/channels/u"})
        QTRY_COMPARE(fixture.node(channel).level.events, std::size_t(0));
    QVERIFY(fixture->stop(60s).empty());
    const auto accepted = std::uint64_t(fixture.counter("a/sources/s", "EventAcceptedCount"));
    for (const char* channel : kTouched)
        QVERIFY2(NumbersSeen::of(channel).areAllBelow(accepted), channel);
    QVERIFY(
        NumbersSeen::of("u").areAllBelow(std::uint64_t(fixture.counter("a/sources/untouched", "EventAcceptedCount"))));
}

void HotChangeTest::anEditTouchesNothingElseAndLosesNothing() {
    QFETCH(int, edit);
    const LiveEdit& change = kLiveEdits[edit];
    NumbersSeen::forget({"c", "f", "p", "u"});
    const Registry registry = numbersRegistry();
    catalog::AgentConfig config = editedAgent();
    AgentFixture fixture(config, registry);
    fixture->start();
    awaitMore();
    make(change, config);
    const ApplyReport report = fixture->apply(config, {});
    const std::string id = std::string("a/") + change.component;
    QCOMPARE(report.live, std::vector<std::string>{id});
    QVERIFY(report.restarted.empty() && report.started.empty() && report.stopped.empty() && report.lost.empty());
    awaitMore();
    endAndCheckNumbers(fixture);
}

void HotChangeTest::allEditsOneAfterTheOther() {
    NumbersSeen::forget({"c", "f", "p", "u"});
    const Registry registry = numbersRegistry();
    catalog::AgentConfig config = editedAgent();
    AgentFixture fixture(config, registry);
    fixture->start();
    for (const LiveEdit& edit : kLiveEdits) {
        make(edit, config);
        const ApplyReport report = fixture->apply(config, {});
        QVERIFY2(report.restarted.empty() && report.started.empty() && report.stopped.empty(), edit.key);
    }
    awaitMore();
    endAndCheckNumbers(fixture);
}

/// But for what changes which events come (excludeEvents), where a sink takes them, and the pauses after a failure, of
/// which there are none here.
void HotChangeTest::noPropertyThatIsDeclaredLiveIsLeftOut() {
    const catalog::AgentConfig agent = editedAgent();
    std::set<std::string> edited{"channel"};
    for (const LiveEdit& edit : kLiveEdits)
        edited.insert(edit.key);
    for (const auto* kind : {&agent.sources, &agent.channels, &agent.sinks})
        for (const catalog::ComponentConfig& component : *kind)
            for (const catalog::PropertySpec& property : component.spec->properties) {
                const std::string name(property.name);
                if (!declaredLive(*component.spec, name) || property.level == catalog::PropertyLevel::expert) continue;
                const bool pattern = name.ends_with(".*") || name == "selector.type" || name == "type" ||
                                     name.ends_with("ackoffSleep") || name.starts_with("backoffSleep");
                QVERIFY2(pattern || edited.contains(name) || name.find("heckpoint") != std::string::npos,
                         qPrintable(QString::fromStdString(component.name + " " + name)));
            }
}

MILLRACE_TEST(HotChangeTest)
#include "tst_hot_change.moc"
