#include "support/test_program.h"
#include "ui_canvas/support/made_up_load.h"
#include "ui_canvas/support/table.h"

#include "canvas/paint/sprite_cache.h"
#include "canvas/scene/picture_exporter.h"
#include "canvas/scene/thumbnail_painter.h"
#include "look/theme.h"

#include <QImageReader>
#include <QPainter>
#include <QTemporaryDir>

using namespace millrace;
using look::Glyph;
using test::Table;

/// How nodes look at any size, on the screen and in files.
class PaintingTest : public QObject {
    Q_OBJECT
private slots:
    void detailFollowsTheSizeOfTheName_data() {
        QTest::addColumn<double>("pixels");
        QTest::addColumn<int>("detail");
        QTest::newRow("as large as drawn") << 1.0 << static_cast<int>(canvas::Detail::full);
        QTest::newRow("nine pixels are enough for figures") << 0.70 << static_cast<int>(canvas::Detail::full);
        QTest::newRow("below nine only names") << 0.68 << static_cast<int>(canvas::Detail::names);
        QTest::newRow("below six only outlines") << 0.45 << static_cast<int>(canvas::Detail::silhouette);
        QTest::newRow("below three only blocks") << 0.2 << static_cast<int>(canvas::Detail::blocks);
    }
    void detailFollowsTheSizeOfTheName() {
        QFETCH(double, pixels);
        QTEST(static_cast<int>(canvas::detailAt(pixels)), "detail");
    }

    void noWireCrossesOutTheNameOfAnAgent() {
        Table table(test::kLoadedWeblog);
        const QRectF frame = table.scene().frame(QStringLiteral("agent/store"))->rect();
        table.view->setZoom(0.4, frame.center(), QPointF(700, 450));
        const auto words = [&] {
            const QRect above(table.view->viewport()->mapToParent(table.at(frame.topLeft())) - QPoint(0, 22), QSize(80, 22));
            const QImage image = table.view->grab(above).toImage();
            int count = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    count += image.pixelColor(x, y) == look::colours().text ? 1 : 0;
            return count;
        };
        const int crossed = words();
        table.scene().wires().setVisible(false);
        QVERIFY(crossed > 10);
        QCOMPARE(crossed, words());
    }

    void aSmallPictureShowsEveryRole() {
        studio::DocumentStore store;
        store.load(test::kLoadedWeblog, {});
        const QImage picture = canvas::ThumbnailPainter(store.document()).pixmap({340, 140}, 1).toImage();
        const look::Colours& c = look::colours();
        for (const QColor& soft : {c.sourceSoft, c.channelSoft, c.sinkSoft, c.topicSoft, c.trafficSoft}) {
            int found = 0;
            for (int y = 0; y < picture.height(); ++y)
                for (int x = 0; x < picture.width(); ++x)
                    if (picture.pixelColor(x, y) == soft) ++found;
            QVERIFY2(found > 20, qPrintable(soft.name()));
        }
    }

    void aLargeNoteCostsNoPicture() {
        canvas::SpriteCache sprites;
        canvas::NodeFace note;
        note.shape = canvas::Shape::note;
        note.name = QStringLiteral("a wall");
        QImage screen(300, 200, QImage::Format_ARGB32_Premultiplied);
        screen.fill(Qt::red);
        QPainter painter(&screen);
        canvas::FaceTexts texts;
        canvas::FacePainter(sprites, 1.06).paint(painter, note, texts, {4000, 4000}, false);
        QCOMPARE(screen.pixelColor(250, 150), look::colours().node);
        QCOMPARE(sprites.bytes(), qint64{0});
        note.shape = canvas::Shape::channel;
        canvas::FacePainter(sprites, 1.06).paint(painter, note, texts, {176, 64}, false);
        QVERIFY(sprites.bytes() > 0);
    }

    void aScreenWithMorePixelsShowsTheSame() {
        canvas::NodeFace failing;
        failing.shape = canvas::Shape::sink;
        failing.status = Glyph::failing;
        const auto shareOfRed = [&](double ratio) { // of a small node, by the size of its glyph
            canvas::SpriteCache sprites;
            canvas::FaceTexts texts;
            QImage screen(QSize(60, 30) * ratio, QImage::Format_ARGB32_Premultiplied);
            screen.setDevicePixelRatio(ratio);
            screen.fill(Qt::white);
            QPainter painter(&screen);
            painter.scale(0.3, 0.3);
            canvas::FacePainter(sprites, 0.3, ratio).paint(painter, failing, texts, {176, 64}, false);
            painter.end();
            double red = 0;
            for (int y = 0; y < screen.height(); ++y)
                for (int x = 0; x < screen.width(); ++x)
                    if (screen.pixelColor(x, y) == look::colours().fail) ++red;
            return red / screen.width() / screen.height();
        };
        QVERIFY(shareOfRed(1) > 0.01);
        QVERIFY2(shareOfRed(2) > 0.8 * shareOfRed(1), qPrintable(QString::number(shareOfRed(2) / shareOfRed(1))));
    }

    void picturesOfAnyZoomAreKeptUpToABound() {
        canvas::SpriteCache sprites;
        const canvas::SpriteCache::Key key{canvas::Shape::sink, canvas::Border::normal, QSize(176, 64), false};
        const qint64 first = (sprites.sprite(key, 0.613, 1), sprites.bytes());
        // The last digits of a scale differ from node to node.
        sprites.sprite(key, 0.613 * (1 + 1e-12), 1);
        QCOMPARE(sprites.bytes(), first);
        sprites.sprite(key, 0.7, 1);
        QVERIFY(sprites.bytes() > first);
        for (int i = 1; i < 400; ++i)
            sprites.sprite(key, 0.01 * i, 1);
        QVERIFY(sprites.bytes() <= canvas::SpriteCache::kMostBytes);
        QVERIFY(!sprites.sprite(key, 40, 1).isNull()); // larger than all that is kept
    }

    void picturesAreWrittenToFiles() {
        Table table(test::kLoadedWeblog);
        QTemporaryDir folder;
        for (const char* name : {"drawing.png", "drawing.svg"}) {
            QString error;
            const QString path = folder.filePath(QLatin1String(name));
            QVERIFY2(table.view->exportPicture(path, &error), qPrintable(error));
        }
        QImage picture(folder.filePath(QStringLiteral("drawing.png")));
        const QSizeF drawn = table.scene().contentBounds().size() + QSizeF(48, 48);
        QCOMPARE(picture.size(), (drawn * 2).toSize());
        QFile file(folder.filePath(QStringLiteral("drawing.svg")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray svg = file.readAll();
        QVERIFY(svg.contains("buffer"));  // words are words
        QVERIFY(!svg.contains("<image")); // and nothing is made of pixels
        QString error;
        QVERIFY(!table.view->exportPicture(QStringLiteral("/nowhere/drawing.png"), &error));
        QVERIFY(!error.isEmpty());
    }

    void aPictureOfALargeDrawingStaysWithinMemory() {
        Table table(
            "#@ version = 1\na.sources = s\na.channels = c\na.sources.s.type = seq\na.channels.c.type = memory\n"
            "#@ at.agent.a.sources.s = 0 0\n#@ at.agent.a.channels.c = 20000 14000\n");
        QTemporaryDir folder;
        QString error;
        const QString path = folder.filePath(QStringLiteral("large.png"));
        QVERIFY2(table.view->exportPicture(path, &error), qPrintable(error));
        const QSize size = QImageReader(path).size();
        QVERIFY2(size.width() > 5000 &&
                     double(size.width()) * size.height() <= canvas::PictureExporter::kMostPixels * 1.01,
                 qPrintable(QStringLiteral("%1 x %2").arg(size.width()).arg(size.height())));
    }
};

MILLRACE_TEST(PaintingTest)
#include "tst_painting.moc"
