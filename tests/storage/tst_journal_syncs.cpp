// What a journal has confirmed holds, and what it has refused is not believed, whichever of its syncs fails and however
// much of it reached the disk.
#include "storage/journal.h"
#include "storage/support/log_fixture.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::storage;
using namespace millrace::storage::testing;

using Lines = std::vector<std::string>;

namespace {

const std::filesystem::path kPath = kDirectory / "a.journal";

std::vector<std::vector<std::uint8_t>> entry(const std::string& text) {
    return {{text.begin(), text.end()}};
}

std::unique_ptr<Journal> open(PowerCutDisk& disk, Lines& known) {
    known.clear();
    auto journal = Journal::open(disk, kPath, "", silentLog(), [&](std::span<const std::uint8_t> content) {
        known.emplace_back(content.begin(), content.end());
        return ok();
    });
    return journal ? std::move(*journal) : nullptr;
}

/// Every entry that is confirmed, with another one before it that nobody waits for.
Lines work(Journal& journal, int count) {
    Lines confirmed;
    for (int i = 0; i < count; ++i) {
        const std::string text = "entry " + std::to_string(i);
        (void)journal.append(entry("beside " + std::to_string(i))).has_value();
        if (journal.appendSynced(entry(text))) confirmed.push_back(text);
    }
    return confirmed;
}

Lines withoutThoseBeside(const Lines& known) {
    Lines rest;
    for (const auto& text : known)
        if (!text.starts_with("beside")) rest.push_back(text);
    return rest;
}

} // namespace

class TestJournalSyncs : public QObject {
    Q_OBJECT

private slots:
    void whatWasRefusedIsNotBelievedAndWhatWasConfirmedIs_data() {
        QTest::addColumn<qulonglong>("reached");
        QTest::newRow("nothing of the sync that failed reached the disk") << qulonglong(PowerCutDisk::kNone);
        QTest::newRow("a part of it did") << qulonglong(30);
        QTest::newRow("all of it did") << qulonglong(PowerCutDisk::kAll);
    }
    void whatWasRefusedIsNotBelievedAndWhatWasConfirmedIs() {
        QFETCH(qulonglong, reached);
        int starts = 0;
        for (int failing = 0; failing < 4; ++failing) {
            for (const auto loss : test::kLosses) {
                LogDisk disk;
                Lines known;
                const auto journal = open(disk, known);
                disk.countAnew();
                disk.failSync(failing, std::size_t(reached));
                const Lines confirmed = work(*journal, 5);
                QCOMPARE(confirmed.size(), std::size_t(4));
                QVERIFY(!journal->uncertain());
                const auto after = disk.afterLoss(loss);
                open(*after, known);
                QCOMPARE(withoutThoseBeside(known), confirmed);
                ++starts;
            }
        }
        qInfo("%d starts after a sync that failed, all passed", starts);
    }

    void aJournalThatCannotTellTakesNothingUntilItCan() {
        LogDisk disk;
        Lines known;
        const auto journal = open(disk, known);
        QVERIFY(journal->appendSynced(entry("one")));
        disk.failSync(disk.syncs(), PowerCutDisk::kAll);
        disk.failWritesAfter(70, ErrorCode::io); // the entry, but not all of them anew
        QVERIFY(!journal->appendSynced(entry(std::string(60, 'x'))));
        QVERIFY(journal->uncertain());
        QVERIFY(!journal->appendSynced(entry("two")));
        QVERIFY(!journal->sync());
        disk.heal();
        QVERIFY(journal->appendSynced(entry("three")));
        QVERIFY(!journal->uncertain());
        const auto after = disk.afterLoss(test::Loss::everything);
        open(*after, known);
        QCOMPARE(known, (Lines{"one", "three"}));
    }

    void aSyncThatFailsOnAnotherThreadIsRememberedToo() {
        LogDisk disk;
        Lines known;
        const auto journal = open(disk, known);
        QVERIFY(journal->append(entry("one")));
        disk.failNextSync();
        QVERIFY(!journal->syncing()());
        QVERIFY(!journal->syncing()());
        QVERIFY(journal->rewrite(entry("one")));
        QVERIFY(journal->syncing()());
        const auto after = disk.afterLoss(test::Loss::everything);
        open(*after, known);
        QCOMPARE(known, (Lines{"one"}));
    }
};

MILLRACE_TEST(TestJournalSyncs)
#include "tst_journal_syncs.moc"
