// Changes of records and files as one: what is interrupted anywhere is finished or undone by the next start.
#include "storage/change_journal.h"
#include "support/test_program.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace millrace;
using namespace millrace::storage;

namespace {

ChangeJournal::Records records(const QStringList& texts) {
    ChangeJournal::Records all;
    for (const QString& text : texts) {
        const std::string bytes = text.toStdString();
        all.emplace_back(bytes.begin(), bytes.end());
    }
    return all;
}

/// A directory with a journal in it, opened anew again and again.
struct Place {
    QTemporaryDir directory;
    QStringList known;
    std::unique_ptr<ChangeJournal> journal;

    Place() { open(); }
    void open() {
        known.clear();
        journal.reset();
        auto opened = ChangeJournal::open(posixFileSystem(), directory.filePath("a.journal").toStdString(), "",
                                          silentLog(), [this](std::span<const std::uint8_t> content) {
                                              known << QString::fromUtf8(reinterpret_cast<const char*>(content.data()),
                                                                         qsizetype(content.size()));
                                              return ok();
                                          });
        QVERIFY2(opened, opened ? "" : opened.error().message.c_str());
        journal = std::move(*opened);
    }
    void make(const QStringList& names) const {
        for (const QString& name : names)
            QVERIFY(QDir(directory.path()).mkpath(name + "/inside"));
    }
    QStringList names() const {
        return QDir(directory.path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    }
};

const std::vector<FileStep> kMoves{{FileStep::move, "t-", "old-", ".gone", 0, 2}};
const std::vector<FileStep> kMakes{{FileStep::make, "t-", {}, {}, 1, 3}};

} // namespace

class TestChangeJournal : public QObject {
    Q_OBJECT

private slots:
    void aRemovalThatIsWrittenDownHappens_data() {
        QTest::addColumn<int>("moved");
        QTest::newRow("the crash comes when one file is moved") << 1;
        QTest::newRow("the crash comes before it is forgotten") << 2;
    }
    void aRemovalThatIsWrittenDownHappens() {
        QFETCH(int, moved);
        Place place;
        place.make({"t-0", "t-1", "u-0"});
        QVERIFY(place.journal->begin(records({"t is gone"}), kMoves));
        for (int i = 0; i < moved; ++i)
            QVERIFY(QDir(place.directory.path()).rename(QString("t-%1").arg(i), QString("old-%1.gone").arg(i)));
        place.open();
        QCOMPARE(place.known, QStringList{"t is gone"});
        QCOMPARE(place.names(), (QStringList{"old-0.gone", "old-1.gone", "u-0"}));
        // Once: what has that name later is another's.
        place.make({"t-0"});
        place.open();
        QCOMPARE(place.names(), (QStringList{"old-0.gone", "old-1.gone", "t-0", "u-0"}));
    }

    void aRemovalThatHasMovedNothingIsNotBelieved() {
        Place place;
        place.make({"t-0", "t-1"});
        QVERIFY(place.journal->begin(records({"t is gone"}), kMoves));
        for (int starts = 0; starts < 2; ++starts) {
            place.open();
            QCOMPARE(place.known, QStringList());
            QCOMPARE(place.names(), (QStringList{"t-0", "t-1"}));
        }
        // And not when others follow it.
        QVERIFY(place.journal->write(records({"u is there"})));
        QVERIFY(place.journal->begin(records({"t is gone now"}), kMoves));
        QVERIFY(place.journal->finish({}));
        place.open();
        QCOMPARE(place.known, (QStringList{"u is there", "t is gone now"}));
        QCOMPARE(place.names(), (QStringList{"old-0.gone", "old-1.gone"}));
    }

    void aFileTakesThePlaceOfAnotherAndOthersGo() {
        Place place;
        const auto write = [&](const char* name) {
            QFile file(place.directory.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(name) > 0);
        };
        for (const char* name : {"a", "b", "a.new-one"})
            write(name);
        QVERIFY(place.journal->begin({}, {{FileStep::replace, "a.new-one", "a", {}, 0, 0}, {FileStep::drop, "b"}}));
        place.open();
        QCOMPARE(QDir(place.directory.path()).entryList(QDir::Files), (QStringList{"a", "a.journal"}));
        QFile file(place.directory.filePath("a"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("a.new-one"));
    }

    void aCreationThatIsNotFinishedLeavesNothing() {
        Place place;
        place.make({"t-0"});
        QVERIFY(place.journal->begin({}, kMakes));
        place.make({"t-1", "t-2"});
        place.open();
        QCOMPARE(place.known, QStringList());
        QCOMPARE(place.names(), QStringList{"t-0"});
    }

    void aCreationThatIsFinishedStays() {
        Place place;
        QVERIFY(place.journal->begin({}, kMakes));
        place.make({"t-1", "t-2"});
        QVERIFY(place.journal->finish(records({"t is there"})));
        place.open();
        QCOMPARE(place.known, QStringList{"t is there"});
        QCOMPARE(place.names(), (QStringList{"t-1", "t-2"}));
    }

    void aCreationThatIsUndoneLeavesNothingAndTheNextOneSucceeds() {
        Place place;
        QVERIFY(place.journal->begin({}, kMakes));
        place.make({"t-1"});
        QVERIFY(place.journal->undo());
        QCOMPARE(place.names(), QStringList());
        QVERIFY(place.journal->begin({}, kMakes));
        place.make({"t-1", "t-2"});
        QVERIFY(place.journal->finish(records({"t is there"})));
        place.open();
        QCOMPARE(place.names(), (QStringList{"t-1", "t-2"}));
    }

    void aChangeThatIsLeftOverIsDealtWithBeforeTheNextBegins() {
        Place place;
        place.make({"t-0"});
        QVERIFY(place.journal->begin(records({"t is gone"}), kMoves));
        QVERIFY(place.journal->begin({}, {{FileStep::make, "t-", {}, {}, 0, 1}}));
        QCOMPARE(place.names(), QStringList{"old-0.gone"});
        place.make({"t-0"});
        QVERIFY(place.journal->finish(records({"t is there"})));
        place.open();
        QCOMPARE(place.known, (QStringList{"t is gone", "t is there"}));
        QCOMPARE(place.names(), (QStringList{"old-0.gone", "t-0"}));
    }

    void recordsThatConcernNoFilesAreKeptAndReplaced() {
        Place place;
        QVERIFY(place.journal->write(records({"one", "two"})));
        QVERIFY(place.journal->rewrite(records({"three"})));
        QVERIFY(place.journal->write(records({"four"})));
        place.open();
        QCOMPARE(place.known, (QStringList{"three", "four"}));
    }
};

MILLRACE_TEST(TestChangeJournal)
#include "tst_change_journal.moc"
