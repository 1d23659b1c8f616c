#include "look/icons.h"
#include "look/theme.h"
#include "support/test_program.h"

#include <QApplication>
#include <QImage>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace millrace;
using look::Glyph;

class ThemeTest : public QObject {
    Q_OBJECT
private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }

    void choosingChangesTableAndPalette() {
        look::Theme& theme = look::Theme::instance();
        theme.choose(look::ThemeChoice::light);
        QSignalSpy changed(&theme, &look::Theme::changed);
        theme.choose(look::ThemeChoice::dark);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(theme.kind(), look::ThemeKind::dark);
        QCOMPARE(look::colours().canvas, QColor("#16191F"));
        QCOMPARE(QApplication::palette().color(QPalette::Window), look::colours().window);
        theme.choose(look::ThemeChoice::light);
        QCOMPARE(look::colours().canvas, QColor("#FAFBFD"));
        QCOMPARE(QApplication::palette().color(QPalette::Window), look::colours().window);
    }

    void theStyleSheetHasNoNameLeft() {
        look::Theme::instance().choose(look::ThemeChoice::light);
        QVERIFY(!qApp->styleSheet().contains(QLatin1Char('@')));
    }

    void controlsAreThirtyPixelsHighAndDoNotMoveWithTheFocus() {
        look::Theme::instance().choose(look::ThemeChoice::light);
        QWidget window;
        QLineEdit field(&window);
        QPushButton button(QStringLiteral("Run"), &window);
        for (QWidget* control : {static_cast<QWidget*>(&field), static_cast<QWidget*>(&button)}) {
            control->ensurePolished();
            QCOMPARE(control->sizeHint().height(), look::measure::kControlHeight);
        }
        window.show();
        const QSize before = field.sizeHint();
        field.setFocus();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_VERIFY(field.hasFocus());
        QCOMPARE(field.sizeHint(), before);
    }

    void reducedMotionIsTold() {
        look::Theme& theme = look::Theme::instance();
        QSignalSpy changed(&theme, &look::Theme::changed);
        theme.setReducedMotion(true);
        QVERIFY(theme.reducedMotion());
        QCOMPARE(changed.count(), 1);
        theme.setReducedMotion(false);
    }

    void everyGlyphLeavesInk_data() {
        QTest::addColumn<int>("glyph");
        for (int i = 0; i <= static_cast<int>(Glyph::burst); ++i)
            QTest::newRow(qPrintable(QStringLiteral("glyph %1").arg(i))) << i;
    }
    void everyGlyphLeavesInk() {
        QFETCH(int, glyph);
        QImage image(32, 32, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::white);
        QPainter painter(&image);
        look::paintGlyph(painter, static_cast<Glyph>(glyph), QRectF(4, 4, 24, 24), Qt::black);
        painter.end();
        int dark = 0, outside = 0;
        for (int y = 0; y < 32; ++y)
            for (int x = 0; x < 32; ++x) {
                if (qGray(image.pixel(x, y)) > 127) continue;
                ++dark;
                if (x < 3 || y < 3 || x > 28 || y > 28) ++outside;
            }
        QVERIFY2(dark > 15, "hardly anything was painted");
        QCOMPARE(outside, 0);
    }

    void noFontIsTooSmallToRead() {
        QVERIFY(QFontInfo(look::uiFont(0.2)).pixelSize() >= 10);
        QVERIFY(qAbs(QFontMetricsF(look::drawingFont(26)).height() / QFontMetricsF(look::drawingFont(13)).height() - 2) <
                0.1);
    }
};

MILLRACE_TEST(ThemeTest)
#include "tst_theme.moc"
