#include "flume/event_batch.h"
#include "flume/support/test_context.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace::flume;
using millrace::flume::test::HeaderEntries;
using millrace::flume::test::makeBatch;
using millrace::flume::test::makeHeaders;

class EventBatchTest : public QObject {
    Q_OBJECT
private slots:
    void bodiesComeBackInOrder();
    void emptyBodiesAreEvents();
    void aBodyWrittenInPlaceMayBeShorterThanReserved();
    void equalHeadersAreOneSet();
    void headersBelongToTheEventsAddedAfterThem();
    void aHeaderSetKeepsTheLastValueOfAKey();
    void headersKeepTheirOrderHoweverManyThereAre_data();
    void headersKeepTheirOrderHoweverManyThereAre();
    void headerSetsCompareWithoutOrder();
    void newHeadersShareTheBodies();
    void compactKeepsOnlyTheRange();
    void aFinishedBuilderStartsAnew();
};

void EventBatchTest::bodiesComeBackInOrder() {
    EventBatchBuilder builder;
    for (int i = 0; i < 5000; ++i)
        QVERIFY(builder.add("body " + std::to_string(i)));
    const EventBatchPtr batch = builder.finish();
    QCOMPARE(batch->size(), std::size_t(5000));
    for (std::size_t i = 0; i < 5000; ++i)
        QCOMPARE(std::string(batch->body(i)), "body " + std::to_string(i));
    QCOMPARE(batch->bodyBytes(10, 12), std::size_t(14));
}

void EventBatchTest::emptyBodiesAreEvents() {
    EventBatchBuilder builder;
    QVERIFY(builder.add(""));
    QVERIFY(builder.add("x"));
    QVERIFY(builder.add(""));
    const EventBatchPtr batch = builder.finish();
    QCOMPARE(batch->size(), std::size_t(3));
    QVERIFY(batch->body(0).empty());
    QVERIFY(batch->body(1) == "x");
    QVERIFY(batch->body(2).empty());
}

void EventBatchTest::aBodyWrittenInPlaceMayBeShorterThanReserved() {
    EventBatchBuilder builder(4, 2);
    std::memcpy(builder.reserveBody(1000), "abc", 3);
    builder.commitBody(3);
    QVERIFY(builder.add("de"));
    const EventBatchPtr batch = builder.finish();
    QVERIFY(batch->body(0) == "abc");
    QVERIFY(batch->body(1) == "de");
}

void EventBatchTest::equalHeadersAreOneSet() {
    const EventBatchPtr batch = makeBatch({"a", "b", "c"}, {{"k", "v"}});
    QCOMPARE(batch->sets().size(), std::size_t(1));
    QVERIFY(batch->setIndexes().empty());
    QVERIFY(batch->headerSet(0) == batch->headerSet(2));
    QVERIFY(*batch->headers(1).find("k") == "v");
}

void EventBatchTest::headersBelongToTheEventsAddedAfterThem() {
    const auto first = makeHeaders({{"n", "1"}});
    const auto second = makeHeaders({{"n", "2"}});
    EventBatchBuilder builder;
    QVERIFY(builder.add("none"));
    builder.setHeaders(first);
    QVERIFY(builder.add("1"));
    builder.setHeaders(second);
    QVERIFY(builder.add("2"));
    QVERIFY(builder.add("2"));
    builder.setHeaders(nullptr);
    QVERIFY(builder.add("none"));
    const EventBatchPtr batch = builder.finish();
    for (const std::size_t i : {0, 4})
        QVERIFY(batch->headers(i).empty());
    for (const std::size_t i : {1, 2, 3})
        QCOMPARE(*batch->headers(i).find("n"), std::string(batch->body(i)));
    QVERIFY(batch->headerSet(2) == batch->headerSet(3));
}

void EventBatchTest::aHeaderSetKeepsTheLastValueOfAKey() {
    const HeaderSet headers = *makeHeaders({{"a", "1"}, {"b", "2"}, {"a", "3"}});
    QCOMPARE(headers.size(), std::size_t(2));
    QVERIFY(*headers.find("a") == "3");
    QVERIFY(!headers.find("c"));
    QVERIFY(*headers.with("c", "4").find("c") == "4");
    QVERIFY(*headers.with("a", "5").find("a") == "5");
    QVERIFY(!headers.without("a").find("a"));
}

void EventBatchTest::headersKeepTheirOrderHoweverManyThereAre_data() {
    QTest::addColumn<int>("keys");
    QTest::newRow("few") << 5;
    QTest::newRow("some") << 100;
    QTest::newRow("as many as a hostile peer sends") << 200'000;
}

void EventBatchTest::headersKeepTheirOrderHoweverManyThereAre() {
    QFETCH(int, keys);
    HeaderEntries entries, expected;
    for (int i = 0; i < keys; ++i) {
        const std::string key = std::to_string((i * 7919LL) % keys); // in no order, none twice
        entries.emplace_back(key, "first");
        expected.emplace_back(key, i % 2 == 0 ? "last" : "first");
        if (i % 3 == 0) entries.emplace_back(entries.front().first, "between");
    }
    for (int i = keys - 1; i >= 0; --i)
        if (i % 2 == 0) entries.emplace_back(expected[static_cast<std::size_t>(i)].first, "last");
    const HeaderSet headers(entries);
    const auto got = headers.entries();
    QVERIFY(std::equal(got.begin(), got.end(), expected.begin(), expected.end()));
}

void EventBatchTest::headerSetsCompareWithoutOrder() {
    HeaderEntries many;
    for (int i = 0; i < 200'000; ++i)
        many.emplace_back(std::to_string(i), "v");
    HeaderEntries other(many.rbegin(), many.rend());
    QVERIFY(HeaderSet(many) == HeaderSet(other));
    other.front().second = "w";
    QVERIFY(!(HeaderSet(many) == HeaderSet(other)));
    QVERIFY(*makeHeaders({{"a", "1"}, {"b", "2"}}) == *makeHeaders({{"b", "2"}, {"a", "1"}}));
    QVERIFY(!(*makeHeaders({{"a", "1"}}) == *makeHeaders({{"a", "2"}})));
    QVERIFY(!(*makeHeaders({{"a", "1"}}) == HeaderSet()));
}

void EventBatchTest::newHeadersShareTheBodies() {
    const EventBatchPtr batch = makeBatch({"a", "b"}, {{"k", "old"}});
    const auto set = makeHeaders({{"k", "new"}});
    const EventBatchPtr changed = batch->withHeaders({batch->headerSet(0), set}, {0, 1});
    QVERIFY(changed->body(1).data() == batch->body(1).data());
    QVERIFY(*changed->headers(0).find("k") == "old");
    QVERIFY(*changed->headers(1).find("k") == "new");
    QVERIFY(*batch->headers(1).find("k") == "old");
}

void EventBatchTest::compactKeepsOnlyTheRange() {
    const EventBatchPtr batch = makeBatch({"one", "two", "three", "four"}, {{"k", "v"}});
    const EventBatchPtr part = EventBatch::compact({batch, 1, 3});
    QCOMPARE(part->size(), std::size_t(2));
    QVERIFY(part->body(0) == "two");
    QVERIFY(part->body(1) == "three");
    QVERIFY(*part->headers(1).find("k") == "v");
    QVERIFY(part->body(0).data() != batch->body(1).data());
}

void EventBatchTest::aFinishedBuilderStartsAnew() {
    EventBatchBuilder builder;
    QVERIFY(!builder.finish());
    builder.setHeaders(makeHeaders({{"k", "v"}}));
    QVERIFY(builder.add("a"));
    const EventBatchPtr first = builder.finish();
    QVERIFY(builder.add("b"));
    const EventBatchPtr second = builder.finish();
    QVERIFY(first->body(0) == "a");
    QVERIFY(second->body(0) == "b");
    QVERIFY(second->headers(0).empty());
}

MILLRACE_TEST(EventBatchTest)
#include "tst_event_batch.moc"
