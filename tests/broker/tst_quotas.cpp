// What clients may use of the network: who shares a limit, how long it makes them wait, and what is kept of it.
#include "broker/handlers/api_table.h"
#include "broker/handlers/handlers.h"
#include "broker/quotas/byte_rate.h"
#include "broker/quotas/quota_table.h"
#include "broker/server/serve_request.h"
#include "broker/support/core_fixture.h"
#include "broker/support/produce_requests.h"
#include "broker/support/request_frame.h"
#include "support/full_disk.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/alter_client_quotas.h"
#include "wire/messages/describe_client_quotas.h"
#include "wire/messages/fetch.h"
#include "wire/messages/header.h"
#include "wire/reader.h"
#include "wire/writer.h"

#include <cmath>

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;
using namespace std::chrono_literals;

namespace {

using Entry = wire::AlterClientQuotasRequest::Entry;
const std::optional<std::string> kDefault;

Entry limit(std::vector<Entry::Entity> entity, double value, const std::string& key = kProducerRate) {
    return {std::move(entity), {{key, wire::Float64::of(value), false}}};
}

QList<int> set(CoreFixture& broker, std::vector<Entry> entries, bool validateOnly = false) {
    const auto asked =
        broker.get(alterClientQuotas, wire::AlterClientQuotasRequest{std::move(entries), validateOnly}, 1);
    QList<int> errors;
    for (const auto& entry : asked->entries)
        errors << entry.errorCode;
    return errors;
}

/// "user=alice producer_byte_rate 1000", one for each.
QStringList told(CoreFixture& broker) {
    QStringList lines;
    const auto answer = broker.get(describeClientQuotas, wire::DescribeClientQuotasRequest{}, 1);
    for (const auto& entry : *answer->entries) {
        QStringList words;
        for (const auto& [kind, name] : entry.entity)
            words << QString("%1=%2").arg(QString::fromStdString(kind), QString::fromStdString(name.value_or("*")));
        for (const auto& [key, value] : entry.values)
            lines << QString("%1 %2 %3").arg(words.join(' '), QString::fromStdString(key)).arg(value.value());
    }
    return lines;
}

/// What comes of a whole request frame, which is what is counted.
template <typename Request>
Outcome outcomeOf(CoreFixture& broker, const Request& request, wire::Version version) {
    Outcome result;
    const auto served = serveRequest(Bytes(frameOf(request, version, "app")), {0, {}, broker.connection},
                                     broker.core().context(), [&](Outcome outcome) { result = std::move(outcome); });
    if (!served) qFatal("%s", served.error().message.c_str());
    broker.settle();
    return result;
}

template <typename Response>
Response answerIn(const Outcome& outcome, wire::Version version) {
    std::vector<std::uint8_t> bytes = bytesOf(outcome.frame);
    bytes.erase(bytes.begin(), bytes.begin() + 8);
    wire::Reader reader(Bytes(std::move(bytes)), version, false);
    Response response;
    reader.field(response);
    if (auto status = reader.finish(); !status) qFatal("%s", status.error().message.c_str());
    return response;
}

wire::FetchRequest fetchOf(std::int32_t maxBytes) {
    wire::FetchRequest request;
    request.maxBytes = maxBytes;
    auto& partition = request.topics.emplace_back(wire::FetchRequest::Topic{"t"}).partitions.emplace_back();
    partition.partitionMaxBytes = maxBytes;
    return request;
}

std::size_t bytesIn(const wire::FetchResponse& response) {
    std::size_t bytes = 0;
    for (const auto& topic : response.responses)
        for (const auto& partition : topic.partitions)
            for (const Bytes& piece : partition.records.pieces)
                bytes += piece.size();
    return bytes;
}

} // namespace

class TestQuotas : public QObject {
    Q_OBJECT

private slots:
    void theClosestLimitCounts() {
        const std::string user = "alice", client = "app";
        // From the closest to the most general: each is taken away when it has been looked at.
        const std::vector<std::tuple<QuotaEntity, std::string, std::string>> order{
            {{{"user", user}, {"client-id", client}}, user, client},
            {{{"user", user}, {"client-id", kDefault}}, user, client},
            {{{"user", user}}, user, ""},
            {{{"user", kDefault}, {"client-id", client}}, user, client},
            {{{"user", kDefault}, {"client-id", kDefault}}, user, client},
            {{{"user", kDefault}}, user, ""},
            {{{"client-id", client}}, "", client},
            {{{"client-id", kDefault}}, "", client},
        };
        QuotaTable table;
        double value = 1;
        for (const auto& [entity, sharedUser, sharedClient] : order)
            table.set(entity, kProducerRate, value++);
        table.set({{"user", "bob"}}, kProducerRate, 99);
        table.set({{"user", user}, {"client-id", client}}, kConsumerRate, 77); // that of the other kind is no limit
        value = 1;
        for (const auto& [entity, sharedUser, sharedClient] : order) {
            const auto found = table.limitFor(user, client, kProducerRate);
            QVERIFY(found);
            QCOMPARE(found->bytesPerSecond, value++);
            QCOMPARE(found->user, sharedUser);
            QCOMPARE(found->clientId, sharedClient);
            table.remove(entity, kProducerRate);
        }
        QVERIFY(!table.limitFor(user, client, kProducerRate));
    }

    void aRateIsThatOfAllOfTheWindow() {
        ByteRate rate;
        MonotonicTime now{};
        rate.record(5000, now);
        QCOMPARE(rate.perSecond(now), 500.0); // ten seconds at least
        QCOMPARE(rate.delay(500, now), 0ms);
        QCOMPARE(rate.delay(250, now), 10'000ms); // twice the limit: as long again
        now += 10s + 500ms;
        rate.record(0, now);
        QCOMPARE(rate.perSecond(now), 5000 / 10.5);
        now += 600ms;
        QCOMPARE(rate.perSecond(now), 0.0);
        QVERIFY(!rate.idle(now));
        now += 11s;
        QVERIFY(rate.idle(now));
    }

    void ratesThatAreKeptCostNoWaiting() {
        ByteRate rate;
        MonotonicTime now{};
        for (int i = 0; i < 600; ++i, now += 100ms) {
            rate.record(100, now);
            QCOMPARE(rate.delay(1011, now), 0ms);
        }
    }

    void whoWritesTooMuchIsAnsweredAndSilenced() {
        CoreFixture broker;
        broker.makeTopic("t");
        set(broker, {limit({{"user", kDefault}}, 100)});
        const auto request = requestOf("t", {{0, batchOf(1, std::string(2000, 'x'))}});
        const auto first = outcomeOf(broker, request, 8);
        QVERIFY(first.mute > 9s && first.mute < 12s);
        const auto response = answerIn<wire::ProduceResponse>(first, 8);
        QCOMPARE(onlyPartition(response).errorCode, kNone); // what was sent is kept
        QCOMPARE(response.throttleTimeMs, std::int32_t(first.mute.count()));
        broker.loop.advance(first.mute + 12s);
        QCOMPARE(outcomeOf(broker, requestOf("t", {{0, batchOf(1, "x")}}), 8).mute, 0ms);
    }

    void withoutAnAnswerToo() {
        CoreFixture broker;
        broker.makeTopic("t");
        set(broker, {limit({{"client-id", "app"}}, 1)});
        const auto silent = outcomeOf(broker, requestOf("t", {{0, batchOf(1)}}, 0), 8);
        QCOMPARE(int(silent.kind), int(Outcome::Kind::silence));
        QVERIFY(silent.mute > 1s);
    }

    void whoReadsTooMuchGetsItLater() {
        CoreFixture broker;
        broker.makeTopic("t");
        broker.fill("t", 100);
        set(broker, {limit({{"user", "ANONYMOUS"}}, 300, kConsumerRate)});
        const auto first = outcomeOf(broker, fetchOf(1'000'000), 11);
        QVERIFY(bytesIn(answerIn<wire::FetchResponse>(first, 11)) > 1000); // of one batch all
        QCOMPARE(first.mute, 0ms);
        broker.fill("t", 100);
        const auto next = outcomeOf(broker, fetchOf(1'000'000), 11);
        QVERIFY(next.mute > 0ms);
        const auto empty = answerIn<wire::FetchResponse>(next, 11);
        QVERIFY(empty.responses.empty());
        QCOMPARE(empty.throttleTimeMs, std::int32_t(next.mute.count()));
        broker.loop.advance(next.mute + 11s);
        QVERIFY(bytesIn(answerIn<wire::FetchResponse>(outcomeOf(broker, fetchOf(1'000'000), 11), 11)) > 1000);
    }

    void aBatchThatIsMoreThanTheWindowIsStillSent() {
        CoreFixture broker;
        broker.makeTopic("t");
        broker.fill("t", 1000);
        set(broker, {limit({{"user", kDefault}}, 1, kConsumerRate)});
        QVERIFY(bytesIn(answerIn<wire::FetchResponse>(outcomeOf(broker, fetchOf(1'000'000), 11), 11)) > 10'000);
    }

    void otherRequestsAndOtherClientsAreNotSlowedDown() {
        CoreFixture broker;
        broker.makeTopic("t");
        set(broker, {limit({{"user", "alice"}}, 1), limit({{"client-id", "other"}}, 1)});
        QCOMPARE(outcomeOf(broker, requestOf("t", {{0, batchOf(100)}}), 8).mute, 0ms);
        broker.connection->principal = "User:alice";
        QVERIFY(outcomeOf(broker, requestOf("t", {{0, batchOf(100)}}), 8).mute > 0ms);
        QCOMPARE(outcomeOf(broker, wire::DescribeClientQuotasRequest{}, 0).mute, 0ms);
    }

    /// However long clients make their ids: what is kept of them is short.
    void longIdsAreToldApart() {
        CoreFixture broker;
        set(broker, {limit({{"client-id", kDefault}}, 1)});
        ClientQuotas& quotas = broker.core().context().quotas;
        const std::string one = std::string(30'000, 'x') + "1", other = std::string(30'000, 'x') + "2";
        const auto delay = [&](const std::string& id, std::size_t bytes) {
            return quotas.charge(Call{8, id, broker.connection}, Quota::produce, bytes);
        };
        QVERIFY(delay(one, 1000) > 0ms);
        QCOMPARE(delay(other, 1), 0ms);
        QVERIFY(delay(one, 1) > 0ms);
    }

    void whatIsNoQuotaIsRefusedAlone_data() {
        QTest::addColumn<Entry>("wrong");
        QTest::newRow("of nobody") << limit({}, 1);
        QTest::newRow("of an address") << limit({{"ip", "10.0.0.7"}}, 1);
        QTest::newRow("of a user without a name") << limit({{"user", ""}}, 1);
        QTest::newRow("of two users") << limit({{"user", "a"}, {"user", "b"}}, 1);
        QTest::newRow("one that is not kept") << limit({{"user", "a"}}, 1, "request_percentage");
        QTest::newRow("nothing") << limit({{"user", "a"}}, 0);
        QTest::newRow("a fraction") << limit({{"user", "a"}}, 1.5);
        QTest::newRow("no number") << limit({{"user", "a"}}, std::nan(""));
        QTest::newRow("without end") << limit({{"user", "a"}}, HUGE_VAL);
        QTest::newRow("more than a number can be") << limit({{"user", "a"}}, 0x1p63);
    }
    void whatIsNoQuotaIsRefusedAlone() {
        QFETCH(Entry, wrong);
        CoreFixture broker;
        QCOMPARE(set(broker, {wrong, limit({{"user", "b"}}, 5)}), (QList<int>{kInvalidRequest, kNone}));
        QCOMPARE(told(broker), QStringList{"user=b producer_byte_rate 5"});
    }

    void whoIsNamedTwiceGetsNeither() {
        CoreFixture broker;
        QCOMPARE(
            set(broker, {limit({{"user", "a"}, {"client-id", "c"}}, 1), limit({{"client-id", "c"}, {"user", "a"}}, 2)}),
            (QList<int>{kInvalidRequest, kInvalidRequest}));
        QCOMPARE(told(broker), QStringList());
    }

    void theyOutliveAStartAndTheDeathOfTheProcess() {
        CoreFixture broker;
        set(broker, {limit({{"user", "a"}, {"client-id", kDefault}}, 1), limit({{"user", kDefault}}, 2)});
        set(broker, {limit({{"user", "tried"}}, 1)}, true);
        broker.die();
        const QString pair = "client-id=* user=a producer_byte_rate 1";
        QCOMPARE(told(broker), (QStringList{pair, "user=* producer_byte_rate 2"}));
        QCOMPARE(set(broker, {{{{"user", kDefault}}, {{kProducerRate, {}, true}}}}), QList<int>{kNone});
        for (int round = 0; round < 200; ++round)
            set(broker, {limit({{"user", "b"}}, round + 1)});
        const qint64 before = QFileInfo(broker.directory.filePath("quotas.journal")).size();
        broker.restart();
        QCOMPARE(told(broker), (QStringList{pair, "user=b producer_byte_rate 200"}));
        QVERIFY(QFileInfo(broker.directory.filePath("quotas.journal")).size() < before / 20);
    }

    void onAFullDiskNothingChanges() {
        test::FullDisk disk;
        CoreFixture broker({}, disk);
        disk.room = 0;
        QCOMPARE(set(broker, {limit({{"user", "a"}}, 1), limit({}, 1)}), (QList<int>{kStorageError, kInvalidRequest}));
        QCOMPARE(told(broker), QStringList());
    }
};

MILLRACE_TEST(TestQuotas)
#include "tst_quotas.moc"
