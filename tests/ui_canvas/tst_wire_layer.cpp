#include "support/test_program.h"
#include "ui_canvas/support/made_up_load.h"
#include "ui_canvas/support/table.h"

#include "canvas/scene/rect_grid.h"

#include <QHelpEvent>
#include <QToolTip>

using namespace millrace;
using test::Table;

/// Where wires and their labels lie, and what is found there.
class WireLayerTest : public QObject {
    Q_OBJECT
private slots:
    void aWireToALowerRowKeepsOffTheRowsBetween_data() {
        QTest::addColumn<int>("shape");
        QTest::addColumn<QRectF>("from");
        QTest::newRow("from the end of a row") << static_cast<int>(canvas::Shape::sink) << QRectF(480, 56, 176, 64);
        QTest::newRow("from a topic after the row")
            << static_cast<int>(canvas::Shape::topic) << QRectF(824, 30, 192, 82);
    }
    void aWireToALowerRowKeepsOffTheRowsBetween() {
        QFETCH(int, shape);
        QFETCH(QRectF, from);
        const QRectF first(0, 0, 704, 144), second(0, 192, 704, 144), third(0, 384, 704, 144);
        const bool part = first.contains(from);
        const QPainterPath way = canvas::wirePath({static_cast<canvas::Shape>(shape), from, part ? first : QRectF()},
                                                  {canvas::Shape::source, QRectF(24, 440, 176, 64), third});
        for (double share = 0; share <= 1; share += 0.01) {
            const QPointF at = way.pointAtPercent(share);
            QVERIFY2(!second.contains(at) && (part || !first.contains(at)), qPrintable(QString::number(share)));
        }
    }

    void aLabelKeepsOffTheNodes() {
        const QRectF left(0, 0, 176, 64), right(800, 0, 176, 64), between(400, 0, 176, 64);
        canvas::WireLayer layer(
            [&](const QString& id) {
                return canvas::WireEnd{canvas::Shape::topic, id == QStringLiteral("from") ? left : right, {}};
            },
            [&](const QRectF& rect) {
                return rect.intersects(between) || rect.intersects(left) || rect.intersects(right);
            });
        canvas::DrawnWire wire;
        wire.from = QStringLiteral("from");
        wire.to = QStringLiteral("to");
        layer.setWires({wire});
        QVERIFY(between.contains(layer.middle(0)));
        QRectF label(0, 0, 90, 20);
        label.moveCenter(layer.labelPlace(0, label.size()));
        QVERIFY(!label.intersects(between) && !label.intersects(left) && !label.intersects(right));
        QCOMPARE(layer.hit(label.center(), 1), 0);
        QCOMPARE(layer.labelPlace(0, {2000, 20}), layer.middle(0)); // no room anywhere
    }

    void portsSayWhatGoesThroughThem() {
        Table table(test::kLoadedWeblog);
        const auto tipAt = [&table](const QPointF& scene) {
            QHelpEvent event(QEvent::ToolTip, table.at(scene), table.view->viewport()->mapToGlobal(table.at(scene)));
            QApplication::sendEvent(table.view->viewport(), &event);
            return QToolTip::text();
        };
        const QRectF buffer = table.node("web/channels/buffer")->rect();
        QCOMPARE(tipAt({buffer.right() + 2, buffer.center().y()}), QStringLiteral("Out: events for sinks"));
        QCOMPARE(tipAt({buffer.left() - 2, buffer.center().y()}), QStringLiteral("In: events of sources"));
        tipAt(buffer.center());
        QTRY_VERIFY(!QToolTip::isVisible());
    }

    void rectanglesAreFoundByWhereTheyLie() {
        canvas::RectGrid grid;
        grid.put(QStringLiteral("a"), QRectF(250, -10, 600, 20)); // over several cells
        QVERIFY(grid.covers(QRectF(700, 0, 10, 10)));
        QVERIFY(!grid.covers(QRectF(850, 0, 10, 10))); // side by side
        grid.put(QStringLiteral("a"), QRectF(0, 0, 10, 10));
        QVERIFY(!grid.covers(QRectF(700, 0, 10, 10)));
        QVERIFY(grid.covers(QRectF(5, 5, 1, 1)));
        grid.remove(QStringLiteral("a"));
        QVERIFY(!grid.covers(QRectF(5, 5, 1, 1)));
    }

    void hitTestsFindTheWireAndNothingBeside() {
        Table table(test::kLoadedWeblog);
        auto& wires = table.scene().wires();
        for (int i = 0; i < static_cast<int>(wires.strands().size()); ++i) {
            const QPointF on = wires.middle(i);
            QCOMPARE(wires.hit(on, 7), i);
        }
        QCOMPARE(wires.hit({-500, -500}, 7), -1);
    }
};

MILLRACE_TEST(WireLayerTest)
#include "tst_wire_layer.moc"
