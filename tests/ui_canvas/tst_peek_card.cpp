#include "support/test_program.h"
#include "ui_canvas/support/playing.h"

#include "canvas/view/peek_card.h"

#include <QClipboard>
#include <QSignalSpy>

using namespace millrace;
using test::Table;

class PeekCardTest : public QObject, test::Playing {
    Q_OBJECT
private slots:
    void aClickOnAWireOpensACardWithItsEvents() {
        Table table(test::kLoadedWeblog);
        start(table);
        play(table, 2);
        session::TapPage page;
        page.events = {{1, 0, {{"host", "web1"}}, "GET / 200", 9, {}, {}, {}}, {2, 0, {}, "GET <b> 404", 11, {}, {}, {}}};
        page.next = 2;
        page.skipped = 7;
        table.session->tapPages["web/sinks/to-weblog"] = page;
        QSignalSpy asked(table.view.get(), &canvas::CanvasView::peekRequested);
        table.click({688, 96});
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.first().first().toString(), QStringLiteral("web/sinks/to-weblog"));
        canvas::PeekCard* card = table.view->peekCard();
        QVERIFY(card && card->isVisible());
        QTRY_VERIFY(card->text().contains(QStringLiteral("host=web1")));
        QVERIFY(card->text().contains(QStringLiteral("GET <b> 404")));
        QTRY_VERIFY(table.session->tapped.size() >= 3); // goes on asking
        QCOMPARE(card->text().count(QStringLiteral("GET /")), 1);
        card->copyAll();
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("404")));
        card->setPaused(true);
        QVERIFY(card->paused());
        QTest::keyClick(card, Qt::Key_Escape);
        QTRY_VERIFY(!table.view->peekCard());
        table.click(table.middle("topic/weblog"));
        QCOMPARE(asked.last().first().toString(), QStringLiteral("topic/local/weblog"));
        QVERIFY(table.view->peekCard());
        table.key(Qt::Key_Escape); // the canvas has the keyboard
        QTRY_VERIFY(!table.view->peekCard());
        QCOMPARE(table.store.selection(), QSet<QString>{QStringLiteral("topic/weblog")});
    }

    void aCardAsksNothingMoreWhileItHasNoAnswer() {
        Table table(test::kLoadedWeblog);
        start(table);
        table.session->tapsStuck = true;
        table.click({688, 96});
        canvas::PeekCard* card = table.view->peekCard();
        QVERIFY(card);
        for (int i = 0; i < 3; ++i)
            card->pull();
        QCOMPARE(table.session->tapped.size(), std::size_t(1));
        QVERIFY(card->text().isEmpty());
    }

    void aCardClosesWithWhatItShows_data() {
        QTest::addColumn<bool>("stops");
        QTest::newRow("the run stops") << true;
        QTest::newRow("another document is opened") << false;
    }
    void aCardClosesWithWhatItShows() {
        QFETCH(bool, stops);
        Table table(test::kLoadedWeblog);
        start(table);
        table.click({688, 96});
        QVERIFY(table.view->peekCard());
        if (stops) {
            table.run->stop();
            table.session->answer();
        } else {
            table.store.load("a.sources = s\n", {});
        }
        QTRY_VERIFY(!table.view->peekCard());
    }
};

MILLRACE_TEST(PeekCardTest)
#include "tst_peek_card.moc"
