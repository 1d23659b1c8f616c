#include "session/frames.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::session;

class FramesTest : public QObject {
    Q_OBJECT
private slots:
    void messagesComeOutAsTheyWentInHoweverTheyAreCut_data() {
        QTest::addColumn<int>("piece");
        QTest::newRow("byte by byte") << 1;
        QTest::newRow("cut within the length") << 3;
        QTest::newRow("several at once") << 100'000;
    }
    void messagesComeOutAsTheyWentInHoweverTheyAreCut() {
        QFETCH(int, piece);
        const std::vector<std::string> messages{"a", "", std::string(70'000, 'x'), std::string("\0\n\xff", 3)};
        std::string stream;
        for (const std::string& message : messages)
            stream += frameOf(message);
        FrameReader reader;
        std::vector<std::string> read;
        for (std::size_t at = 0; at < stream.size(); at += static_cast<std::size_t>(piece)) {
            reader.feed(std::string_view(stream).substr(at, static_cast<std::size_t>(piece)));
            for (auto next = reader.next(); next && *next; next = reader.next())
                read.push_back(**next);
        }
        QCOMPARE(read, messages);
    }

    void aLengthThatIsTooLongIsRefusedBeforeItHasCome() {
        FrameReader reader;
        reader.feed("\xff\xff\xff\xff");
        const auto next = reader.next();
        QVERIFY(!next);
        QCOMPARE(next.error().code, ErrorCode::protocol);
    }
};

MILLRACE_TEST(FramesTest)
#include "tst_frames.moc"
