// The files the broker keeps its own state in: what is written can be read again.
#include "broker/groups/group_entries.h"
#include "broker/topics/topic_journal.h"
#include "net/support/recording_handlers.h"
#include "support/full_disk.h"
#include "support/test_program.h"
#include "wire/writer.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace millrace;
using namespace millrace::broker;

namespace {

std::vector<std::uint8_t> bytes(std::string_view text) {
    return {text.begin(), text.end()};
}

QStringList entriesOf(const std::filesystem::path& path) {
    QStringList entries;
    auto journal =
        storage::Journal::open(posixFileSystem(), path, "", silentLog(), [&](std::span<const std::uint8_t> content) {
            entries << QString::fromLatin1(reinterpret_cast<const char*>(content.data()), int(content.size()));
            return ok();
        });
    return journal ? entries : QStringList{QString::fromStdString(journal.error().message)};
}

const EntryReader kNoReader{[](OffsetEntry) {}, [](const GroupEntry&, const Bytes&) {}};

} // namespace

class TestJournals : public QObject {
    Q_OBJECT

private slots:
    void offsetsOfOneWriteAreReadAgain_data() {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("noteBytes");
        QTest::newRow("one") << 1 << 0;
        QTest::newRow("more than one entry may be in memory") << 600'000 << 0;
        QTest::newRow("more than one entry may be on disk") << 600 << 30'000;
    }
    void offsetsOfOneWriteAreReadAgain() {
        QFETCH(int, count);
        QFETCH(int, noteBytes);
        QTemporaryDir directory;
        const std::filesystem::path path = directory.filePath("offsets.journal").toStdString();
        std::vector<OffsetEntry> offsets;
        for (int i = 0; i < count; ++i)
            offsets.push_back({"g", "t", i, i, 0, std::string(std::size_t(noteBytes), 'n'), 0, -1});
        auto journal = openGroupJournal(posixFileSystem(), path, silentLog(), kNoReader);
        QVERIFY((*journal)->append(encodedOffsets(offsets)));
        std::int32_t next = 0;
        EntryReader reader = kNoReader;
        reader.offset = [&](const OffsetEntry& offset) {
            if (offset.partition == next && offset.metadata.size() == std::size_t(noteBytes)) ++next;
        };
        auto again = openGroupJournal(posixFileSystem(), path, silentLog(), reader);
        QVERIFY2(again, again ? "" : again.error().message.c_str());
        QCOMPARE(next, count);
    }

    void offsetsOfBeforeGroupsWereKeptAreRead() {
        QTemporaryDir directory;
        const std::filesystem::path path = directory.filePath("offsets.journal").toStdString();
        const std::vector<OffsetEntry> offsets{{"g", "t", 3, 17, 4, "note", 99, -1}, {"h", "t", 0, 5, -1, "", 7, -1}};
        wire::Writer writer(0, true);
        writer.field(offsets);
        {
            auto journal = storage::Journal::open(posixFileSystem(), path, "", silentLog(), [](auto) { return ok(); });
            QVERIFY((*journal)->append(std::vector<std::vector<std::uint8_t>>{writer.takeBuffer()}));
        }
        QStringList read;
        EntryReader reader = kNoReader;
        reader.offset = [&](const OffsetEntry& entry) {
            read << QString("%1 %2 %3 %4 %5 %6")
                        .arg(QString::fromStdString(entry.group))
                        .arg(entry.partition)
                        .arg(entry.offset)
                        .arg(QString::fromStdString(entry.metadata))
                        .arg(entry.commitTime)
                        .arg(entry.expireTime);
        };
        QVERIFY(openGroupJournal(posixFileSystem(), path, silentLog(), reader));
        QCOMPARE(read, (QStringList{"g 3 17 note 99 -1", "h 0 5  7 -1"}));
    }

    void anEntryOfALaterVersionIsRefused() {
        const std::vector<std::uint8_t> later{0, 9, 1, 2, 3};
        const auto status = kNoReader.read(later);
        QVERIFY(!status);
        QVERIFY2(status.error().message.find("later version") != std::string::npos, status.error().message.c_str());
    }

    void entriesOfOneWriteAreKeptTogetherOrNotAtAll() {
        QTemporaryDir directory;
        const std::filesystem::path path = directory.filePath("a.journal").toStdString();
        test::FullDisk disk;
        auto journal = storage::Journal::open(disk, path, "", silentLog(), [](auto) { return ok(); });
        const std::vector<std::vector<std::uint8_t>> together{bytes("one"), bytes("two"), bytes("three")};
        for (const std::uint64_t room : {0, 5, 11, 15, 22, 30}) {
            disk.room = room;
            QVERIFY(!(*journal)->append(together));
            QCOMPARE(entriesOf(path), QStringList());
        }
        disk.room = std::numeric_limits<std::uint64_t>::max();
        QVERIFY((*journal)->append(together));
        QCOMPARE(entriesOf(path), (QStringList{"one", "two", "three"}));
    }

    void whatLiesBehindADamagedEntryIsReadAndTheFileKept_data() {
        QTest::addColumn<int>("position");
        QTest::addColumn<QStringList>("entries");
        // Each entry has eight bytes before its content: "one", "two", "three".
        const QStringList withoutFirst{"two", "three"}, withoutSecond{"one", "three"}, withoutLast{"one", "two"};
        QTest::newRow("the content of the first") << 8 << withoutFirst;
        QTest::newRow("the checksum of the second") << 11 + 5 << withoutSecond;
        QTest::newRow("the content of the last, which may be torn or damaged") << 22 + 10 << withoutLast;
    }
    void whatLiesBehindADamagedEntryIsReadAndTheFileKept() {
        QFETCH(int, position);
        QFETCH(QStringList, entries);
        QTemporaryDir directory;
        const std::filesystem::path path = directory.filePath("a.journal").toStdString();
        {
            auto journal = storage::Journal::open(posixFileSystem(), path, "", silentLog(), [](auto) { return ok(); });
            QVERIFY((*journal)->append(std::vector{bytes("one"), bytes("two"), bytes("three")}));
        }
        QFile file(directory.filePath("a.journal"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray whole = file.readAll();
        whole[position] = char(whole[position] ^ 4);
        file.seek(0);
        file.write(whole);
        file.close();
        net::testing::MemoryLog log;
        {
            auto journal = storage::Journal::open(posixFileSystem(), path, "", log, [](auto) { return ok(); });
            QCOMPARE(log.lines().size(), std::size_t(1));
            QVERIFY2(log.lines()[0].find(path.string() + ".damaged") != std::string::npos, log.lines()[0].c_str());
            QVERIFY((*journal)->append(std::vector<std::vector<std::uint8_t>>{bytes("later")}));
        }
        QCOMPARE(entriesOf(path), entries + QStringList{"later"});
        QFile kept(directory.filePath("a.journal.damaged"));
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), whole);
        QCOMPARE(QDir(directory.path()).entryList(QDir::Files), (QStringList{"a.journal", "a.journal.damaged"}));
    }

    void aSecondDamagedFileIsKeptBesideTheFirst() {
        QTemporaryDir directory;
        const std::filesystem::path path = directory.filePath("a.journal").toStdString();
        for (int round = 1; round <= 2; ++round) {
            {
                auto journal =
                    storage::Journal::open(posixFileSystem(), path, "", silentLog(), [](auto) { return ok(); });
                QVERIFY((*journal)->append(std::vector{bytes("one"), bytes("two"), bytes("three")}));
            }
            QFile file(directory.filePath("a.journal"));
            QVERIFY(file.open(QIODevice::ReadWrite));
            file.seek(8); // the first entry's content
            file.write("?");
            file.close();
            QCOMPARE(entriesOf(path).first(), QString(round == 1 ? "two" : "three"));
        }
        QVERIFY(QFileInfo::exists(directory.filePath("a.journal.damaged")));
        QVERIFY(QFileInfo::exists(directory.filePath("a.journal.damaged-2")));
    }

    void anEntryThatCannotBeReadIsToldWithAWayOut() {
        QTemporaryDir directory;
        const std::filesystem::path path = directory.filePath("some.journal").toStdString();
        {
            auto journal = storage::Journal::open(posixFileSystem(), path, "", silentLog(), [](auto) { return ok(); });
            const std::vector<std::vector<std::uint8_t>> foreign{bytes("\xff\xff\xff\xff\xff")};
            QVERIFY((*journal)->append(foreign));
        }
        const auto offsets = openGroupJournal(posixFileSystem(), path, silentLog(), kNoReader);
        QVERIFY(!offsets);
        QVERIFY2(offsets.error().message.starts_with(path.string()), offsets.error().message.c_str());
        QVERIFY2(offsets.error().message.find("auto.offset.reset") != std::string::npos,
                 offsets.error().message.c_str());
        const auto topics = TopicJournal::open(posixFileSystem(), path, silentLog());
        QVERIFY(!topics);
        QVERIFY2(topics.error().message.find("set aside") != std::string::npos, topics.error().message.c_str());
    }
};

MILLRACE_TEST(TestJournals)
#include "tst_journals.moc"
