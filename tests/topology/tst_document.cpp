#include "support/real_disk.h"
#include "support/test_program.h"
#include "topology/document/document_file.h"
#include "topology/text/properties_text.h"
#include "topology/support/documents.h"

#include <sys/stat.h>
#include <unistd.h>

using namespace millrace;
using namespace millrace::topology;
using namespace millrace::topology::test;

namespace {

/// Keeps what is on the disk when a directory is synced, and may fail to.
class WatchedDisk final : public millrace::test::RealDisk {
public:
    struct Synced {
        std::filesystem::path directory;
        std::string content; ///< of the watched file at that moment
    };
    explicit WatchedDisk(std::string file) : file_(std::move(file)) {}
    std::vector<Synced> synced;
    bool fails = false;

private:
    Status before(Act act, const std::filesystem::path& path) override {
        if (act != Act::syncDirectory) return ok();
        synced.push_back({path, readDocumentFile(file_).value()});
        return fails ? Status(Error{ErrorCode::unsupported, "no directory is synced here"}) : ok();
    }
    const std::string file_;
};

} // namespace

class TestDocument : public QObject {
    Q_OBJECT

    static std::string largeText() {
        std::string text = "#@ version = 1\n";
        for (int i = 0; text.size() < (1u << 20); ++i) {
            const std::string agent = "agent" + std::to_string(i);
            text += agent + ".sources = s\n" + agent + ".channels = c\n" + agent + ".sinks = k\n";
            text += agent + ".sources.s.type = seq\n" + agent + ".sources.s.channels = c\n";
            text += agent + ".channels.c.type = memory\n" + agent + ".sinks.k.type = logger\n" + agent +
                    ".sinks.k.channel = c\n";
        }
        return text;
    }

private slots:
    void textIsKeptAndOneEditChangesItsBytesOnly_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* name, const QByteArray& text, const QByteArray& expected) {
            QTest::newRow(name) << text << expected;
        };
        row("LF", "a.sources.s.type = seq\na.x = 1\n", "a.sources.s.type = exec\na.x = 1\n");
        row("CRLF", "a.sources.s.type = seq\r\na.x = 1\r\n", "a.sources.s.type = exec\r\na.x = 1\r\n");
        row("CR alone", "a.sources.s.type=seq\ra.x=1\r", "a.sources.s.type=exec\ra.x=1\r");
        row("no final newline", "a.x = 1\na.sources.s.type = seq", "a.x = 1\na.sources.s.type = exec");
        row("continuation lines", "a.sources.s.type = \\\n    seq\n", "a.sources.s.type = \\\n    exec\n");
        row("value over several lines", "a.sources.s.type = s\\\n  eq  \nb=c\n", "a.sources.s.type = exec  \nb=c\n");
        row("escapes in the key", "a.sour\\u0063es.s.type = seq\n", "a.sour\\u0063es.s.type = exec\n");
        row("Latin-1 around", "# \xE4\na.x = \xFC\na.sources.s.type = seq\n",
            "# \xE4\na.x = \xFC\na.sources.s.type = exec\n");
        row("UTF-8 around", "# \xC3\xA4\na.sources.s.type = seq\n", "# \xC3\xA4\na.sources.s.type = exec\n");
        row("byte order mark", "\xEF\xBB\xBF# x\na.sources.s.type = seq\n",
            "\xEF\xBB\xBF# x\na.sources.s.type = exec\n");
        row("the last of duplicates counts", "a.sources.s.type=x\na.sources.s.type=seq\n",
            "a.sources.s.type=x\na.sources.s.type=exec\n");
        row("an empty value", "a.sources.s.type =\n", "a.sources.s.type = exec\n");
        row("an empty value with a tight sign", "b=c\nd=e\na.sources.s.type=\n", "b=c\nd=e\na.sources.s.type=exec\n");
        row("a key alone", "a.sources.s.type\n", "a.sources.s.type = exec\n");
        row("aligned columns", "a.sources.s.type     = seq\na.sources.s.channels = c\n",
            "a.sources.s.type     = exec\na.sources.s.channels = c\n");
    }
    void textIsKeptAndOneEditChangesItsBytesOnly() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const Document document = parse(text.toStdString());
        QCOMPARE(QByteArray::fromStdString(document.text()), text);
        const auto edit = topology::setProperty(document, "a.sources.s.type", "exec");
        QVERIFY(edit);
        const auto result = document.apply(edit.value());
        QVERIFY(result);
        QCOMPARE(QByteArray::fromStdString(result.value().document.text()), expected);
        QCOMPARE(result.value().document.find("a.sources.s.type")->value, std::string("exec"));
        const auto undone = result.value().document.apply(result.value().inverse);
        QVERIFY(undone);
        QCOMPARE(QByteArray::fromStdString(undone.value().document.text()), text);
    }

    void largeFileKeepsItsBytes() {
        const std::string text = largeText();
        const Document document = parse(text);
        QCOMPARE(document.text(), text);
        const auto edit = topology::setProperty(document, "agent100.sources.s.type", "exec");
        QVERIFY(edit);
        QCOMPARE(edit.value().replacements.size(), std::size_t{1});
        const auto result = document.apply(edit.value());
        QVERIFY(result);
        const std::size_t place = text.find("seq", text.find("agent100.sources.s.type"));
        std::string expected = text;
        expected.replace(place, 3, "exec");
        QVERIFY(result.value().document.text() == expected);
    }

    void largeFileSpeed() {
        const std::string text = largeText();
        QBENCHMARK {
            QVERIFY(!parse(text).properties().entries.empty());
        }
    }

    void setToTheSameValueChangesNothing() {
        const Document document = parse("a.x = 1  \n");
        QVERIFY(topology::setProperty(document, "a.x", "1").value().empty());
    }

    void editsThatDoNotFitAreRefused_data() {
        QTest::addColumn<int>("begin");
        QTest::addColumn<int>("end");
        QTest::newRow("behind the text") << 3 << 9;
        QTest::newRow("backwards") << 3 << 1;
    }
    void editsThatDoNotFitAreRefused() {
        QFETCH(int, begin);
        QFETCH(int, end);
        const Document document = parse("a=b\n");
        const auto result = document.apply({{{{std::size_t(begin), std::size_t(end)}, "x"}}, {}});
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::invalidArgument);
    }

    void overlappingReplacementsAreRefused() {
        const Document document = parse("abcdef\n");
        QVERIFY(!document.apply({{{{0, 3}, "x"}, {{2, 4}, "y"}}, {}}));
    }

    void inverseTurnsRenamesRound() {
        const Document document = parse("abc\n");
        const auto result = document.apply({{{{1, 2}, "xyz"}}, {{"a", "b"}, {"b", "c"}}});
        QVERIFY(result);
        const std::vector<Rename> expected{{"c", "b"}, {"b", "a"}};
        QCOMPARE(result.value().inverse.renames, expected);
    }

    void composedEditDoesBothSteps() {
        const Document document = parse("a=1\nb=2\nc=3\n");
        const Edit first = topology::setProperty(document, "b", "twenty").value();
        const Document middle = applied(document, first);
        const Edit second = unsetProperty(middle, "c").value();
        const auto both = compose(document, first, second);
        QVERIFY(both);
        QCOMPARE(applied(document, both.value()).text(), applied(middle, second).text());
        QCOMPARE(both.value().replacements.size(), std::size_t{2});
    }

    void linesAndColumnsCountCharacters() {
        const Document document = parse("a\r\n\xC3\xA4"
                                        "b=c\n");
        QCOMPARE(document.lineColumn(0), (std::pair{1, 1}));
        QCOMPARE(document.lineColumn(3), (std::pair{2, 1}));
        QCOMPARE(document.lineColumn(5), (std::pair{2, 2}));
        QCOMPARE(document.lineColumn(1000), (std::pair{3, 1}));
    }

    void newerVersionIsReadOnly() {
        const Document document = parse("#@ version = 2\na.x = 1\n");
        QVERIFY(document.readOnly());
        const auto edit = topology::setProperty(document, "a.x", "2");
        QVERIFY(!edit);
        QCOMPARE(edit.error().code, ErrorCode::unsupported);
        QVERIFY(!Document::empty(catalog::flumeCatalog()).readOnly());
    }

    void styleIsThatOfMostLines() {
        QCOMPARE(parse("a=b\r\nc=d\r\ne = f\r\n").style(), (TextStyle{"\r\n", true, "="}));
        QCOMPARE(parse("a = b\nc").style(), (TextStyle{"\n", false, " = "}));
        QCOMPARE(parse("").style(), (TextStyle{"\n", true, " = "}));
    }

    void filesAreReadAndReplaced() {
        QTemporaryDir directory;
        const std::string path = directory.filePath("t.conf").toStdString();
        QCOMPARE(readDocumentFile(path).error().code, ErrorCode::notFound);
        QVERIFY(writeDocumentFile(path, "a=\xE4\r\n"));
        QVERIFY(writeDocumentFile(path, std::string("a=\xE4\r\nb=\0", 8)));
        QCOMPARE(readDocumentFile(path).value(), std::string("a=\xE4\r\nb=\0", 8));
        QCOMPARE(QDir(directory.path()).entryList(QDir::Files).size(), 1);
    }

    void savingLeavesTheFileToItsOwner() {
        QTemporaryDir directory;
        const std::string path = directory.filePath("t.conf").toStdString();
        QVERIFY(writeDocumentFile(path, "a=b\n"));
        if (::geteuid() == 0) QCOMPARE(::chown(path.c_str(), 12345, 23456), 0);
        QCOMPARE(::chmod(path.c_str(), 0640), 0);
        struct stat before {}, after {};
        QCOMPARE(::stat(path.c_str(), &before), 0);
        QVERIFY(writeDocumentFile(path, "a=c\n"));
        QCOMPARE(::stat(path.c_str(), &after), 0);
        QCOMPARE(after.st_uid, before.st_uid);
        QCOMPARE(after.st_gid, before.st_gid);
        QCOMPARE(after.st_mode, before.st_mode);
    }

    void theNameOfASavedFileIsMadeSafeBesideItsText_data() {
        QTest::addColumn<bool>("fails");
        QTest::newRow("on most disks") << false;
        QTest::newRow("where directories cannot be synced") << true;
    }
    void theNameOfASavedFileIsMadeSafeBesideItsText() {
        QFETCH(bool, fails);
        QTemporaryDir directory;
        const std::string path = directory.filePath("t.conf").toStdString();
        WatchedDisk disk(path);
        disk.fails = fails;
        QVERIFY(writeDocumentFile(disk, path, "a=b\n"));
        QCOMPARE(disk.synced.size(), std::size_t(1));
        QCOMPARE(disk.synced[0].directory.string(), directory.path().toStdString());
        QCOMPARE(disk.synced[0].content, std::string("a=b\n"));
    }

    void savingThroughALinkKeepsTheLink() {
        QTemporaryDir directory, other;
        const std::string path = directory.filePath("t.conf").toStdString();
        const std::string target = other.filePath("real.conf").toStdString();
        QVERIFY(writeDocumentFile(target, "a=b\n"));
        std::filesystem::create_symlink(target, path);
        WatchedDisk disk(target);
        QVERIFY(writeDocumentFile(disk, path, "a=c\n"));
        QVERIFY(std::filesystem::is_symlink(path));
        QCOMPARE(readDocumentFile(target).value(), std::string("a=c\n"));
        QCOMPARE(disk.synced.at(0).directory.string(), other.path().toStdString());
    }

    void unwritableDirectoryKeepsTheOldFile() {
        QTemporaryDir directory;
        const std::string path = directory.filePath("missing/t.conf").toStdString();
        QVERIFY(!writeDocumentFile(path, "a=b\n"));
    }

    void hugeFileIsRefused() {
        QTemporaryDir directory;
        const QString path = directory.filePath("huge.conf");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.resize(100LL << 20));
        const auto text = readDocumentFile(path.toStdString());
        QVERIFY(!text);
        QCOMPARE(text.error().code, ErrorCode::outOfRange);
        QVERIFY(text.error().message.find("64 MiB") != std::string::npos);
    }
};

MILLRACE_TEST(TestDocument)
#include "tst_document.moc"
