#include "metrics/pyramid.h"
#include "support/test_program.h"

#include <QtTest>

#include <algorithm>

using namespace millrace::metrics;

namespace {

constexpr std::int64_t kMinute = 60'000, kHour = 60 * kMinute;

std::vector<Column> over(const Pyramid& pyramid, std::int64_t fromMs, std::int64_t toMs, std::size_t columns) {
    return pyramid.columns(Pyramid::gridFor(fromMs, toMs, columns));
}

float largest(const std::vector<Column>& columns) {
    Column all = Column::none();
    for (const Column& column : columns)
        all.add(column);
    return all.high;
}

/// How many stretches without a gap.
int pieces(const std::vector<Column>& columns) {
    int found = 0;
    bool open = false;
    for (const Column& column : columns) {
        found += column.any() && !open;
        open = column.any();
    }
    return found;
}

} // namespace

class PyramidTest : public QObject {
    Q_OBJECT
private slots:
    void noPeakVanishesHoweverFarItLiesBack_data() {
        QTest::addColumn<qint64>("window");
        QTest::addColumn<int>("columns");
        QTest::newRow("a minute") << qint64(kMinute) << 480;
        QTest::newRow("five minutes") << qint64(5 * kMinute) << 480;
        QTest::newRow("a quarter of an hour in few columns") << qint64(15 * kMinute) << 60;
        QTest::newRow("three hours") << qint64(3 * kHour) << 480;
    }
    void noPeakVanishesHoweverFarItLiesBack() {
        QFETCH(qint64, window);
        QFETCH(int, columns);
        Pyramid pyramid;
        const std::int64_t end = 4 * kHour, peak = end - window + 2'000;
        for (std::int64_t time = end - window - kMinute; time <= end; time += 100)
            pyramid.put(time, time == peak ? 1e6 : 1.0);
        const auto seen = over(pyramid, end - window, end, static_cast<std::size_t>(columns));
        QVERIFY(seen.size() <= static_cast<std::size_t>(columns));
        QCOMPARE(largest(seen), 1e6F);
        QCOMPARE(pieces(seen), 1);
    }

    void aStepKeepsItsSmallestAndItsLargestValue() {
        Pyramid pyramid;
        for (const double value : {5.0, 1.0, 9.0, 4.0})
            pyramid.put(1'000, value);
        const Column column = over(pyramid, 1'000, 1'100, 10).front();
        QCOMPARE(column.low, 1.0F);
        QCOMPARE(column.high, 9.0F);
    }

    void gapsStayGaps() {
        Pyramid pyramid;
        for (int i = 0; i < 10; ++i)
            pyramid.put(i * 250, 1.0);
        pyramid.put(6'000, 2.0); // nobody looked for a while
        pyramid.put(6'250, std::nullopt);
        pyramid.put(6'500, 3.0);
        QCOMPARE(pieces(over(pyramid, 0, 8'000, 1'000)), 3);
    }

    void aMissedMomentIsNoGap() {
        Pyramid pyramid;
        pyramid.put(0, 1.0);
        pyramid.put(1'900, 1.0);
        QCOMPARE(pieces(over(pyramid, 0, 3'000, 1'000)), 1);
    }

    void oldSamplesMakeRoom() {
        Pyramid pyramid;
        for (std::int64_t time = 0; time <= 4 * kHour; time += 1'000)
            pyramid.put(time, static_cast<double>(time));
        const auto all = over(pyramid, 0, 4 * kHour, 100'000);
        const auto first = std::ranges::find_if(all, &Column::any);
        QVERIFY(first->low > 0);
        QVERIFY(first->low <= static_cast<float>(kHour));
        pyramid.put(100 * kHour, 1.0);
        QCOMPARE(largest(over(pyramid, 0, 100 * kHour, 100'000)), 1.0F);
    }

    void columnsStandStillWhileTimePasses() {
        const Grid early = Pyramid::gridFor(0, 15 * kMinute, 100),
                   late = Pyramid::gridFor(700, 15 * kMinute + 700, 100);
        QCOMPARE(early.stepMs, late.stepMs);
        QCOMPARE(early.stepMs % 1'000, std::int64_t(0));
        QCOMPARE(early.first, late.first);
    }

    void whatIsOlderThanTheNewestIsIgnored() {
        Pyramid pyramid;
        pyramid.put(5'000, 1.0);
        pyramid.put(1'000, 9.0);
        QCOMPARE(largest(over(pyramid, 0, 6'000, 100)), 1.0F);
    }
};

MILLRACE_TEST(PyramidTest)
#include "tst_pyramid.moc"
