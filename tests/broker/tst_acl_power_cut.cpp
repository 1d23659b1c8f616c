// Rules of access after a power cut at any step of a change: what was answered counts, what was not may.
#include "base/manual_executor.h"
#include "broker/access/access_store.h"
#include "support/power_cut_disk.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::broker;
using test::PowerCutDisk;

namespace {

Acl rule(const char* name, bool allow) {
    return {Access::Resource::topic, Acl::Pattern::literal, name, "User:a", "*", Access::Operation::read, allow};
}

/// One start with the rules; nothing when it cannot be opened.
struct Life {
    explicit Life(FileSystem& disk) : opened(store.open(disk, "/data").has_value()) {}

    /// Whether it was answered that the rule is there, or is gone.
    bool change(const Acl& acl, AccessEntry::Kind kind) {
        bool answered = false;
        store.change([&](const AclTable&) { return std::vector{AccessEntry::of(acl, kind)}; },
                     [&](const Status& written) { answered = written.has_value(); });
        while (loop.drain() > 0) {
        }
        return answered;
    }

    ManualExecutor loop;
    AccessStore store{loop, loop, silentLog()};
    bool opened;
};

} // namespace

class TestAclPowerCut : public QObject {
    Q_OBJECT

private slots:
    void whatWasAnsweredCounts() {
        const Acl old = rule("old", true), denied = rule("new", false);
        int steps = 1;
        for (int step = 0; step <= steps; ++step) {
            for (const auto loss : test::kLosses) {
                PowerCutDisk disk;
                QVERIFY(disk.makeDirectories("/data") && disk.syncDirectory("/"));
                bool added = false, removed = false;
                {
                    Life first(disk);
                    QVERIFY(first.opened && first.change(old, AccessEntry::added));
                    disk.countAnew();
                    disk.cutAt(step);
                    added = first.change(denied, AccessEntry::added);
                    removed = first.change(old, AccessEntry::removed);
                    steps = std::max(steps, disk.steps());
                }
                const auto after = disk.afterLoss(loss);
                const Life second(*after);
                QVERIFY(second.opened);
                const AclTable& rules = second.store.rules();
                QVERIFY(!added || rules.contains(denied));
                QVERIFY(!removed || !rules.contains(old));
                // Later changes are not there without earlier ones.
                QVERIFY(rules.contains(old) || rules.contains(denied));
            }
        }
        QVERIFY(steps >= 4);
    }
};

MILLRACE_TEST(TestAclPowerCut)
#include "tst_acl_power_cut.moc"
