#include "metrics/rate.h"
#include "support/test_program.h"

#include <QtTest>

using millrace::metrics::Rate;

namespace {
constexpr std::int64_t kTick = 100'000; // microseconds
}

class RateTest : public QObject {
    Q_OBJECT
private slots:
    void aSteadyCounterHasItsRate() {
        Rate rate;
        for (int tick = 0; tick <= 30; ++tick)
            rate.observe(tick * kTick, tick * 20);
        QCOMPARE(*rate.perSecond(), 200.0);
    }

    void theFirstBatchOfAYoungCounterIsNoPeak() {
        Rate rate;
        rate.observe(0, 0, 1, kTick);
        rate.observe(kTick, 1000, 1, 2 * kTick);
        QCOMPARE(*rate.perSecond(), 1000.0); // and not ten times as many
        for (int tick = 2; tick <= 9; ++tick)
            rate.observe(tick * kTick, 1000, 1, (tick + 1) * kTick);
        QCOMPARE(*rate.perSecond(), 1000.0);
        for (int tick = 10; tick <= 14; ++tick)
            rate.observe(tick * kTick, 1000, 1, (tick + 1) * kTick);
        QCOMPARE(*rate.perSecond(), 0.0);
    }

    void aRunThatIsOverAtTheFirstLookIsSeen() {
        Rate rate;
        rate.observe(5 * kTick, 2'000'000, 1, 5 * kTick);
        QCOMPARE(*rate.perSecond(), 2'000'000.0);
    }

    void aCounterOfUnknownAgeNeedsTwoLooks() {
        Rate rate;
        rate.observe(0, 5'000'000);
        QVERIFY(!rate.perSecond());
        rate.observe(kTick, 5'000'020);
        QCOMPARE(*rate.perSecond(), 200.0);
    }

    void whatBeganAgainIsNotComparedWithWhatWas_data() {
        QTest::addColumn<int>("value");
        QTest::addColumn<int>("start");
        QTest::newRow("by its stamp") << 900 << 2;
        QTest::newRow("by a smaller value") << 3 << 1;
    }
    void whatBeganAgainIsNotComparedWithWhatWas() {
        QFETCH(int, value);
        QFETCH(int, start);
        Rate rate;
        for (int tick = 0; tick <= 5; ++tick)
            rate.observe(tick * kTick, tick * 100, 1);
        rate.observe(6 * kTick, value, start);
        QVERIFY(!rate.perSecond());
    }

    void afterAWhileUnwatchedTheRateIsThatOfTheWhile() {
        Rate rate;
        for (int tick = 0; tick <= 10; ++tick)
            rate.observe(tick * kTick, tick * 20);
        rate.observe(110 * kTick, 200 + 100 * 10);
        QCOMPARE(*rate.perSecond(), 100.0); // ten seconds and not the last tick of them
    }

    void whatNobodyTellsHasNoRate() {
        Rate rate;
        rate.observe(0, 1);
        rate.observe(kTick, 2);
        rate.observe(2 * kTick, std::nullopt);
        QVERIFY(!rate.perSecond());
    }
};

MILLRACE_TEST(RateTest)
#include "tst_rate.moc"
