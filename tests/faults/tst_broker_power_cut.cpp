// A whole broker that loses its power at every step which it asks of the disk, with every kind of loss, and is started
// again: what it has answered holds.
#include "faults/support/broker_checks.h"
#include "support/test_program.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::broker::testing;

namespace {

struct Operation {
    const char* name;
    int fewestSteps; ///< a workload that asks less of the disk has not done what its name says
    std::function<void(Life&)> before;
    std::function<void(Life&)> work;
};

const ConfigMap kSmallSegments{{"segment.bytes", "300"}};

std::vector<Operation> operations() {
    const auto filled = [](Life& life) {
        life.makeTopic("t", 1, kSmallSegments);
        life.produceSome(12);
    };
    return {
        {"produce and roll", 20, [](Life& life) { life.makeTopic("t", 1, kSmallSegments); },
         [](Life& life) { life.produceSome(12); }},
        {"retention", 8,
         [](Life& life) {
             life.makeTopic("t", 1, {{"segment.bytes", "300"}, {"retention.bytes", "400"}});
             life.produceSome(12);
         },
         [](Life& life) {
             life.core().startTimers();
             life.advance(31s);
             life.core().stopTimers();
             life.produceSome(2);
         }},
        {"commit of offsets", 4, filled,
         [](Life& life) {
             for (const std::int64_t offset : {3, 6, 9})
                 life.commitForGood(offset);
             life.commit(11);
         }},
        {"commit ahead of what is durable", 4, filled,
         [](Life& life) {
             for (int i = 12; i < 16; ++i)
                 (void)life.send(i, 1);
             life.commit(16);
             life.advance(3s);
         }},
        {"a journal of offsets that is rewritten", 6,
         [=](Life& life) {
             filled(life);
             for (int i = 0; i < 280; ++i)
                 (void)life.commit(2, 4000);
         },
         [](Life& life) {
             life.commitForGood(5);
             life.commitForGood(8);
         }},
        {"creation of a topic", 8, filled, [](Life& life) { life.makeTopic("u", 3); }},
        {"growth of a topic", 6,
         [=](Life& life) {
             filled(life);
             life.makeTopic("u", 1);
         },
         [](Life& life) {
             life.change({GrowTopic{"u", 3}}, 3);
         }},
        {"removal of a topic that is made again", 15,
         [=](Life& life) {
             filled(life);
             life.makeTopic("u", 3);
         },
         [](Life& life) {
             life.change({RemoveTopic{"u"}}, 0);
             life.makeTopic("u", 2);
         }},
        {"DeleteRecords", 8, filled,
         [](Life& life) {
             life.deleteUpTo(4);
             life.deleteUpTo(11);
         }},
        {"snapshot of producers", 3, filled,
         [](Life& life) {
             // What a partition does after 64 MiB.
             if (Partition* partition = life.partition()) (void)partition->saveProducers().has_value();
             life.produceSome(2);
         }},
        {"generations of a group", 4, filled,
         [](Life& life) {
             life.shareForGood();
             life.shareForGood();
             (void)life.share();
         }},
        {"end of a group that comes again", 5,
         [=](Life& life) {
             filled(life);
             life.shareForGood();
         },
         [](Life& life) {
             life.endGroupForGood();
             life.shareForGood();
         }},
        {"a journal of groups that is rewritten", 6,
         [=](Life& life) {
             filled(life);
             for (int i = 0; i < 28; ++i)
                 (void)life.share(40'000);
         },
         [](Life& life) {
             life.shareForGood();
             life.shareForGood();
         }},
        {"members of the consumer protocol", 4,
         [=](Life& life) {
             filled(life);
             life.makeTopic("u", 2);
         },
         [](Life& life) {
             life.shareAmongForGood({"x"});
             life.shareAmongForGood({"x", "y"});
             (void)life.beat("z");
         }},
        {"transactions", 40,
         [](Life& life) {
             life.makeTopic("t", 1);
             life.makeTopic(kCopies, 2);
         },
         [](Life& life) { transactSome(life, false); }},
        {"transactions with epochs of their own", 40,
         [](Life& life) {
             life.makeTopic("t", 1);
             life.makeTopic(kCopies, 2);
         },
         [](Life& life) { transactSome(life, true); }},
        {"clean stop", 5, filled, [](Life& life) { (void)life.core().close().has_value(); }},
    };
}

/// The operation on a fresh broker; `prepare` sets what goes wrong once the broker stands ready, `goOn` is done by the
/// same broker afterwards.
std::unique_ptr<PowerCutDisk> run(const Operation& operation, Told& told,
                                  const std::function<void(PowerCutDisk&)>& prepare,
                                  const std::function<void(Life&)>& goOn = nullptr) {
    auto disk = std::make_unique<PowerCutDisk>();
    Life life(*disk, told);
    if (auto opened = life.open(); !opened) qFatal("%s", opened.error().message.c_str());
    operation.before(life);
    disk->countAnew();
    prepare(*disk);
    operation.work(life);
    if (goOn) goOn(life);
    return disk;
}

} // namespace

class TestBrokerPowerCut : public QObject {
    Q_OBJECT

    static void rows() {
        QTest::addColumn<int>("index");
        const auto all = operations();
        for (int i = 0; i < int(all.size()); ++i)
            QTest::newRow(all[std::size_t(i)].name) << i;
    }

private slots:
    void whatWasAnsweredHoldsAfterEveryCut_data() { rows(); }
    void whatWasAnsweredHoldsAfterEveryCut() {
        QFETCH(int, index);
        const Operation operation = operations().at(std::size_t(index));
        Told whole;
        const int steps = run(operation, whole, [](PowerCutDisk&) {})->steps();
        QVERIFY2(steps >= operation.fewestSteps, qPrintable(QString("only %1 steps").arg(steps)));
        int starts = 0;
        for (int step = 0; step <= steps; ++step) {
            for (const auto loss : test::kLosses) {
                Told told;
                const auto disk = run(operation, told, [step](PowerCutDisk& fresh) { fresh.cutAt(step); });
                const auto after = disk->afterLoss(loss);
                const QString wrong = wrongAfter(*after, told, index == 1);
                QVERIFY2(
                    wrong.isEmpty(),
                    qPrintable(
                        QString("cut at step %1 of %2, loss %3: %4").arg(step).arg(steps).arg(int(loss)).arg(wrong)));
                ++starts;
            }
        }
        qInfo("%s: %d steps, %d starts after a power cut, all passed", operation.name, steps, starts);
    }

    void whatIsAnsweredHoldsThoughASyncHasFailed_data() { rows(); }
    void whatIsAnsweredHoldsThoughASyncHasFailed() {
        QFETCH(int, index);
        const Operation operation = operations().at(std::size_t(index));
        Told whole;
        const int syncs = run(operation, whole, [](PowerCutDisk&) {})->syncs();
        const bool stops = operation.name == std::string("clean stop");
        int starts = 0;
        for (int number = 0; number < syncs; ++number) {
            for (const auto reached : {PowerCutDisk::kNone, PowerCutDisk::kAll}) {
                for (const auto loss : test::kLosses) {
                    Told told;
                    const auto fail = [&](PowerCutDisk& fresh) { fresh.failSync(number, reached); };
                    const auto goOn = [&](Life& life) {
                        if (stops) return;
                        life.produceSome(1);
                        life.makeTopic("w", 2);
                        if (!told.acked.empty()) life.commitForGood(told.acked.rbegin()->first);
                    };
                    const auto after = run(operation, told, fail, goOn)->afterLoss(loss);
                    const QString wrong = wrongAfter(*after, told, index == 1);
                    const QString what = reached ? "all" : "nothing";
                    QVERIFY2(wrong.isEmpty(),
                             qPrintable(QString("sync %1 of %2 failed, %3 of it reached the disk, loss %4: %5")
                                            .arg(QString::number(number), QString::number(syncs), what,
                                                 QString::number(int(loss)), wrong)));
                    ++starts;
                }
            }
        }
        qInfo("%s: %d syncs that fail, %d starts, all passed", operation.name, syncs, starts);
    }
};

MILLRACE_TEST(TestBrokerPowerCut)
#include "tst_broker_power_cut.moc"
