#include "base/file_system.h"
#include "session/session.h"

#include <QTemporaryDir>
#include <QTest>

using namespace millrace;

namespace {

const char* const kText = R"(a.sources = s
a.channels = c
a.sinks = k
a.sources.s.type = seq
a.sources.s.channels = c
a.channels.c.type = memory
a.sinks.k.type = null
a.sinks.k.channel = c
)";

} // namespace

class TapsTest : public QObject {
    Q_OBJECT
private slots:
    void whatPassesANodeIsSeen_data() {
        QTest::addColumn<QString>("node");
        for (const char* node : {"a/sources/s", "a/channels/c", "a/sinks/k"}) QTest::newRow(node) << QString(node);
    }
    void whatPassesANodeIsSeen() {
        QFETCH(QString, node);
        QTemporaryDir directory;
        const auto session = session::makeLocalSession(posixFileSystem());
        session::StartRequest request;
        request.document = kText;
        request.runDirectory = directory.path().toStdString();
        session->start(request);
        const auto read = [&](std::int64_t after) {
            const auto page = session->tap(node.toStdString(), after, 40, 2048);
            return page ? *page : session::TapPage{};
        };
        QTRY_VERIFY(!read(0).events.empty());
        const session::TapPage first = read(0);
        QCOMPARE(first.next, first.events.back().sequence);
        session::TapPage later;
        QTRY_VERIFY(!(later = read(first.next)).events.empty());
        QVERIFY(later.events.front().sequence > first.next);
    }
};

QTEST_GUILESS_MAIN(TapsTest)
#include "tst_taps.moc"
