#include "base/random.h"
#include "broker/consumers/assignors.h"
#include "support/test_program.h"

#include <QtTest>

#include <algorithm>

using namespace millrace;
using namespace millrace::broker;

namespace {

wire::Uuid topicId(int number) {
    wire::Uuid id;
    id.bytes[0] = std::uint8_t(number + 1);
    return id;
}

/// "2" of each topic, in order.
PartitionCounts countsOf(const QList<int>& partitions) {
    PartitionCounts counts;
    for (int topic = 0; topic < partitions.size(); ++topic)
        counts[topicId(topic)] = partitions.at(topic);
    return counts;
}

/// A word for each subscriber, a letter for each topic that it wants: "ab b".
std::vector<Subscriber> subscribersTo(const QString& wanted) {
    std::vector<Subscriber> subscribers;
    for (const QString& word : wanted.split(' ', Qt::SkipEmptyParts)) {
        auto& subscriber = subscribers.emplace_back();
        subscriber.id = "member " + std::to_string(subscribers.size());
        for (const QChar letter : word)
            if (letter != '-') subscriber.topics.insert(topicId(letter.unicode() - 'a'));
    }
    return subscribers;
}

/// As "a0a1 b0".
QString spelled(const Shares& shares) {
    QStringList words;
    for (const PartitionIds& share : shares) {
        QString word;
        for (const auto& [topic, index] : share)
            word += QChar('a' + topic.bytes[0] - 1) + QString::number(index);
        words << (word.isEmpty() ? "-" : word);
    }
    return words.join(' ');
}

/// Empty when each partition that somebody wants is with one who wants it, and nothing else is anywhere.
QString whatIsShareless(const std::vector<Subscriber>& subscribers, const PartitionCounts& counts,
                        const Shares& shares) {
    PartitionIds wanted, given;
    for (const Subscriber& subscriber : subscribers)
        for (const wire::Uuid& topic : subscriber.topics)
            for (std::int32_t index = 0; counts.contains(topic) && index < counts.at(topic); ++index)
                wanted.emplace(topic, index);
    for (std::size_t i = 0; i < shares.size(); ++i)
        for (const PartitionId& partition : shares[i]) {
            if (!subscribers[i].topics.contains(partition.first)) return "one has what it does not want";
            if (!given.insert(partition).second) return "one is with two";
        }
    return given == wanted ? QString() : "not all are given";
}

/// Nobody has two more than another who wants something of it.
bool isEven(const std::vector<Subscriber>& subscribers, const Shares& shares) {
    for (std::size_t i = 0; i < shares.size(); ++i)
        for (const PartitionId& partition : shares[i])
            for (std::size_t k = 0; k < shares.size(); ++k)
                if (subscribers[k].topics.contains(partition.first) && shares[i].size() > shares[k].size() + 1)
                    return false;
    return true;
}

void wereGiven(std::vector<Subscriber>& subscribers, const Shares& shares) {
    for (std::size_t i = 0; i < shares.size() && i < subscribers.size(); ++i)
        subscribers[i].had = shares[i];
}

int moved(const Shares& before, const Shares& after) {
    int count = 0;
    for (std::size_t i = 0; i < before.size() && i < after.size(); ++i)
        count += int(std::count_if(before[i].begin(), before[i].end(),
                                   [&](const auto& partition) { return !after[i].contains(partition); }));
    return count;
}

} // namespace

/// Who gets which partition.
class TestAssignors : public QObject {
    Q_OBJECT
private slots:
    void ranges_data() {
        QTest::addColumn<QList<int>>("partitions");
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<QString>("shares");
        QTest::newRow("nobody") << QList<int>{3} << ""
                                << "";
        QTest::newRow("one has all") << QList<int>{3} << "a"
                                     << "a0a1a2";
        QTest::newRow("neighbours, the first have more") << QList<int>{5} << "a a"
                                                         << "a0a1a2 a3a4";
        QTest::newRow("topics alike are shared alike") << QList<int>{2, 2} << "ab ab"
                                                       << "a0b0 a1b1";
        QTest::newRow("more members than partitions") << QList<int>{1} << "a a"
                                                      << "a0 -";
        QTest::newRow("each wants something else") << QList<int>{2, 2} << "a ab b"
                                                   << "a0 a1b0 b1";
        QTest::newRow("a topic that is not there") << QList<int>{1} << "ab"
                                                   << "a0";
        QTest::newRow("one that wants nothing") << QList<int>{2} << "a -"
                                                << "a0a1 -";
    }
    void ranges() {
        QFETCH(QList<int>, partitions);
        QFETCH(QString, wanted);
        QFETCH(QString, shares);
        QCOMPARE(spelled(shareByRange(subscribersTo(wanted), countsOf(partitions))), shares);
    }

    void rangesGoByTheInstance() {
        auto subscribers = subscribersTo("a a");
        subscribers[0].instanceId = "second";
        subscribers[1].instanceId = "first";
        QCOMPARE(spelled(shareByRange(subscribers, countsOf({2}))), QString("a1 a0"));
    }

    void evenly_data() {
        QTest::addColumn<QList<int>>("partitions");
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<QString>("sizes");
        QTest::newRow("nobody") << QList<int>{3} << ""
                                << "";
        QTest::newRow("one has all") << QList<int>{3} << "a"
                                     << "3";
        QTest::newRow("over all topics") << QList<int>{1, 1, 1} << "abc abc"
                                         << "1 2";
        QTest::newRow("who has no choice comes first") << QList<int>{2, 2} << "a ab b"
                                                       << "1 1 2";
        QTest::newRow("more members than partitions") << QList<int>{1} << "a a a"
                                                      << "0 0 1";
        QTest::newRow("one that wants nothing") << QList<int>{4} << "a - a"
                                                << "0 2 2";
    }
    void evenly() {
        QFETCH(QList<int>, partitions);
        QFETCH(QString, wanted);
        QFETCH(QString, sizes);
        const auto subscribers = subscribersTo(wanted);
        const Shares shares = shareUniformly(subscribers, countsOf(partitions));
        QCOMPARE(whatIsShareless(subscribers, countsOf(partitions), shares), QString());
        QStringList all;
        for (const PartitionIds& share : shares)
            all << QString::number(share.size());
        all.sort();
        QCOMPARE(all.join(' '), sizes);
    }

    void aNewcomerGetsItsPartAndNoMoreMoves() {
        auto subscribers = subscribersTo("ab ab");
        const Shares before = shareUniformly(subscribers, countsOf({6, 6}));
        subscribers = subscribersTo("ab ab ab");
        wereGiven(subscribers, before);
        const Shares after = shareUniformly(subscribers, countsOf({6, 6}));
        QCOMPARE(moved(before, after), 4);
        QCOMPARE(after[2].size(), std::size_t(4));
    }

    void whatOneLeavesMovesAndNothingElse() {
        auto subscribers = subscribersTo("a a a");
        const Shares before = shareUniformly(subscribers, countsOf({9}));
        subscribers.pop_back();
        wereGiven(subscribers, before);
        QCOMPARE(moved(before, shareUniformly(subscribers, countsOf({9}))), 0);
    }

    void nobodyKeepsWhatIsGoneOrTakenOrNotWanted() {
        auto subscribers = subscribersTo("a a");
        subscribers[0].had = {{topicId(0), 0}, {topicId(0), 7}, {topicId(4), 0}};
        subscribers[1].had = {{topicId(0), 0}, {topicId(0), 1}};
        QCOMPARE(spelled(shareUniformly(subscribers, countsOf({2}))), QString("a0 a1"));
    }

    void whateverIsWantedItIsEvenAndStays_data() {
        QTest::addColumn<bool>("alike");
        QTest::newRow("all want the same") << true;
        QTest::newRow("each wants what it wants") << false;
    }
    void whateverIsWantedItIsEvenAndStays() {
        QFETCH(bool, alike);
        SeededRandom random(7);
        for (int round = 0; round < 500; ++round) {
            QList<int> partitions;
            for (std::uint64_t topics = 1 + random.below(5); topics > 0; --topics)
                partitions << int(random.below(9));
            std::vector<Subscriber> subscribers(1 + random.below(7));
            for (std::size_t i = 0; i < subscribers.size(); ++i) {
                subscribers[i].id = std::to_string(i);
                for (int topic = 0; topic < partitions.size(); ++topic)
                    if (alike || random.below(2) == 0) subscribers[i].topics.insert(topicId(topic));
            }
            const auto counts = countsOf(partitions);
            QCOMPARE(whatIsShareless(subscribers, counts, shareByRange(subscribers, counts)), QString());
            const Shares shares = shareUniformly(subscribers, counts);
            QCOMPARE(whatIsShareless(subscribers, counts, shares), QString());
            QVERIFY(isEven(subscribers, shares));
            wereGiven(subscribers, shares);
            QCOMPARE(moved(shares, shareUniformly(subscribers, counts)), 0);
            // One goes: what the others have stays with them where all can have it.
            subscribers.pop_back();
            const Shares after = shareUniformly(subscribers, counts);
            QCOMPARE(whatIsShareless(subscribers, counts, after), QString());
            QVERIFY(isEven(subscribers, after));
            if (alike) QCOMPARE(moved(Shares(shares.begin(), shares.end() - 1), after), 0);
        }
    }

    void aBigGroupIsSharedToo() {
        std::vector<Subscriber> subscribers(1000);
        PartitionCounts counts;
        for (int topic = 0; topic < 100; ++topic)
            counts[topicId(topic)] = 100;
        for (std::size_t i = 0; i < subscribers.size(); ++i) {
            subscribers[i].id = std::to_string(i);
            for (const auto& [topic, count] : counts)
                subscribers[i].topics.insert(topic);
        }
        const Shares shares = shareUniformly(subscribers, counts);
        QVERIFY(std::all_of(shares.begin(), shares.end(), [](const auto& share) { return share.size() == 10; }));
    }
};

MILLRACE_TEST(TestAssignors)
#include "tst_assignors.moc"
