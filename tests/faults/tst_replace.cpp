// Files that are replaced as a whole (TAILDIR's positions, marks of logs, snapshots of producers) are the old or the
// new ones after a power cut at any step.
#include "support/power_cut_disk.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using test::PowerCutDisk;

namespace {

constexpr const char* kPath = "/state/positions.json";
constexpr std::string_view kOld = R"([{"inode":1,"pos":2,"file":"/a"}])";
constexpr std::string_view kNew = R"([{"inode":1,"pos":20000,"file":"/a"},{"inode":7,"pos":1,"file":"/b"}])";

Status write(PowerCutDisk& disk, std::string_view text) {
    return disk.replace(kPath, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

} // namespace

class TestReplace : public QObject {
    Q_OBJECT

private slots:
    void aFileIsTheOldOrTheNewOne() {
        int steps = 1, starts = 0;
        for (int step = 0; step <= steps; ++step) {
            for (const auto loss : test::kLosses) {
                PowerCutDisk disk;
                QVERIFY(disk.makeDirectories("/state") && disk.syncDirectory("/"));
                QVERIFY(write(disk, kOld) && disk.syncDirectory("/state"));
                disk.countAnew();
                disk.cutAt(step);
                const bool answered = write(disk, kNew).has_value();
                steps = std::max(steps, disk.steps());
                const auto after = disk.afterLoss(loss);
                auto content = after->readAll(kPath, 1000);
                QVERIFY(content);
                const std::string_view text(reinterpret_cast<const char*>(content->data()), content->size());
                QVERIFY2(text == kOld || text == kNew, std::string(text).c_str());
                if (answered && loss == test::Loss::nothing) QCOMPARE(text, kNew);
                ++starts;
            }
        }
        QVERIFY(steps >= 4);
        qInfo("%d steps, %d cuts, all passed", steps, starts);
    }
};

MILLRACE_TEST(TestReplace)
#include "tst_replace.moc"
