#include "look/glyph_paths.h"

#include <map>

namespace millrace::look {

namespace {

using Points = std::initializer_list<QPointF>;

void line(QPainterPath& path, Points points) {
    bool first = true;
    for (const QPointF& point : points) {
        first ? path.moveTo(point) : path.lineTo(point);
        first = false;
    }
}

void polygon(QPainterPath& path, Points points) {
    line(path, points);
    path.closeSubpath();
}

/// The two open brackets of source and sink: three sides of a box with soft corners, open towards `openX`.
void bracket(QPainterPath& path, double openX, double farX) {
    const double soft = farX > openX ? 2 : -2;
    path.moveTo(openX, 2);
    path.lineTo(farX - soft, 2);
    path.quadTo(farX, 2, farX, 4);
    path.lineTo(farX, 12);
    path.quadTo(farX, 14, farX - soft, 14);
    path.lineTo(openX, 14);
}

void drum(QPainterPath& path) {
    path.moveTo(1.5, 4);
    path.arcTo(QRectF(1.5, 1.4, 13, 5.2), 180, -180);
    path.lineTo(14.5, 12);
    path.arcTo(QRectF(1.5, 9.4, 13, 5.2), 0, -180);
    path.closeSubpath();
    path.moveTo(1.5, 4);
    path.arcTo(QRectF(1.5, 1.4, 13, 5.2), 180, 180);
}

void roles(std::map<Glyph, GlyphShape>& shapes) {
    GlyphShape& source = shapes[Glyph::source];
    line(source.stroked, {{0.5, 8}, {9.5, 8}});
    line(source.stroked, {{6, 4.2}, {9.8, 8}, {6, 11.8}});
    bracket(source.stroked, 9, 15.3);
    drum(shapes[Glyph::channel].stroked);
    GlyphShape& sink = shapes[Glyph::sink];
    line(sink.stroked, {{6.5, 8}, {15.3, 8}});
    line(sink.stroked, {{11.8, 4.2}, {15.6, 8}, {11.8, 11.8}});
    bracket(sink.stroked, 6.2, 0.7);
    GlyphShape& topic = shapes[Glyph::topic];
    topic.filled.addRoundedRect(QRectF(1, 2, 14, 3), 1, 1);
    topic.filled.addRoundedRect(QRectF(1, 6.6, 10, 3), 1, 1);
    topic.filled.addRoundedRect(QRectF(1, 11.2, 12, 3), 1, 1);
    GlyphShape& cluster = shapes[Glyph::cluster];
    for (const QPointF& at : {QPointF(1.5, 1.5), QPointF(9, 1.5), QPointF(1.5, 9), QPointF(9, 9)})
        cluster.stroked.addRoundedRect(QRectF(at, QSizeF(5.5, 5.5)), 1.2, 1.2);
    line(shapes[Glyph::traffic].stroked, {{0.8, 8}, {3.8, 8}, {6, 2.5}, {9.8, 13.5}, {12, 8}, {15.2, 8}});
    GlyphShape& agent = shapes[Glyph::agent];
    agent.stroked.addRoundedRect(QRectF(1.2, 2.2, 13.6, 11.6), 3, 3);
    line(agent.stroked, {{1.2, 6}, {14.8, 6}});
    GlyphShape& note = shapes[Glyph::note];
    line(note.stroked, {{10, 14}, {2, 14}, {2, 2}, {14, 2}, {14, 10}, {10, 14}, {10, 10}, {14, 10}});
    GlyphShape& group = shapes[Glyph::group];
    bracket(group.stroked, 5, 1.5);
    line(group.stroked, {{7, 4.5}, {14.5, 4.5}});
    line(group.stroked, {{7, 11.5}, {14.5, 11.5}});
}

void states(std::map<Glyph, GlyphShape>& shapes) {
    const Points triangle{{2.5, 1.5}, {14.5, 8}, {2.5, 14.5}};
    polygon(shapes[Glyph::running].filled, triangle);
    polygon(shapes[Glyph::idle].stroked, {{3.3, 2.6}, {13.2, 8}, {3.3, 13.4}});
    for (const Glyph bars : {Glyph::waiting, Glyph::paused}) {
        shapes[bars].filled.addRoundedRect(QRectF(2.5, 1.5, 4.2, 13), 1, 1);
        shapes[bars].filled.addRoundedRect(QRectF(9.3, 1.5, 4.2, 13), 1, 1);
    }
    GlyphShape& failing = shapes[Glyph::failing];
    failing.filled.addEllipse(QRectF(0.2, 0.2, 15.6, 15.6));
    polygon(failing.filled, {{9.3, 2.4}, {4.8, 8.9}, {7.8, 8.9}, {6.6, 13.6}, {11.2, 7.1}, {8.2, 7.1}});
    shapes[Glyph::stopped].filled.addRoundedRect(QRectF(3, 3, 10, 10), 1.2, 1.2);
    shapes[Glyph::edited].stroked.addEllipse(QRectF(3, 3, 10, 10));
    for (const Glyph sign : {Glyph::invalid, Glyph::warning}) {
        GlyphShape& shape = shapes[sign];
        polygon(shape.filled, {{8, 0.8}, {15.6, 14.6}, {0.4, 14.6}});
        shape.filled.addRect(QRectF(7.1, 5.4, 1.8, 4.8));
        shape.filled.addRect(QRectF(7.1, 11.4, 1.8, 1.8));
    }
    GlyphShape& disabled = shapes[Glyph::disabled];
    disabled.stroked.addEllipse(QRectF(2, 2, 12, 12));
    line(disabled.stroked, {{3.8, 12.2}, {12.2, 3.8}});
    GlyphShape& foreign = shapes[Glyph::foreign];
    polygon(foreign.stroked, {{8, 1.2}, {14.8, 8}, {8, 14.8}, {1.2, 8}});
    line(foreign.stroked, {{5.4, 8}, {10.6, 8}});
}

void actions(std::map<Glyph, GlyphShape>& shapes) {
    polygon(shapes[Glyph::run].filled, {{4, 2.5}, {13.5, 8}, {4, 13.5}});
    shapes[Glyph::stop].filled.addRect(QRectF(3, 3, 10, 10));
    line(shapes[Glyph::plus].stroked, {{8, 3}, {8, 13}});
    line(shapes[Glyph::plus].stroked, {{3, 8}, {13, 8}});
    line(shapes[Glyph::minus].stroked, {{3, 8}, {13, 8}});
    QPainterPath& fit = shapes[Glyph::fit].stroked;
    line(fit, {{2, 5.5}, {2, 2}, {5.5, 2}});
    line(fit, {{10.5, 2}, {14, 2}, {14, 5.5}});
    line(fit, {{14, 10.5}, {14, 14}, {10.5, 14}});
    line(fit, {{5.5, 14}, {2, 14}, {2, 10.5}});
    shapes[Glyph::search].stroked.addEllipse(QRectF(2, 2, 8.6, 8.6));
    line(shapes[Glyph::search].stroked, {{9.6, 9.6}, {14, 14}});
    line(shapes[Glyph::close].stroked, {{3.5, 3.5}, {12.5, 12.5}});
    line(shapes[Glyph::close].stroked, {{12.5, 3.5}, {3.5, 12.5}});
    QPainterPath& undo = shapes[Glyph::undo].stroked;
    line(undo, {{6, 2.5}, {2.5, 6}, {6, 9.5}});
    undo.moveTo(2.5, 6);
    undo.lineTo(10, 6);
    undo.arcTo(QRectF(6, 6, 8, 8), 90, -180);
    undo.lineTo(7, 14);
    shapes[Glyph::redo].stroked = QTransform(-1, 0, 0, 1, 16, 0).map(undo);
    QPainterPath& folder = shapes[Glyph::folder].stroked;
    polygon(folder, {{1.5, 13}, {1.5, 3}, {6, 3}, {7.5, 5}, {14.5, 5}, {14.5, 13}});
    QPainterPath& open = shapes[Glyph::open].stroked;
    line(open, {{1.5, 13}, {1.5, 3}, {6, 3}, {7.5, 5}, {13, 5}, {13, 7.5}});
    polygon(open, {{1.5, 13}, {4, 7.5}, {15.5, 7.5}, {13, 13}});
    QPainterPath& save = shapes[Glyph::save].stroked;
    polygon(save, {{2, 2}, {11.5, 2}, {14, 4.5}, {14, 14}, {2, 14}});
    line(save, {{5, 2}, {5, 6}, {10.5, 6}, {10.5, 2}});
    line(save, {{4.5, 14}, {4.5, 9.5}, {11.5, 9.5}, {11.5, 14}});
    GlyphShape& information = shapes[Glyph::information];
    information.stroked.addEllipse(QRectF(1.2, 1.2, 13.6, 13.6));
    line(information.stroked, {{8, 7.4}, {8, 11.6}});
    information.filled.addEllipse(QPointF(8, 4.7), 1.1, 1.1);
    for (const double x : {3.0, 8.0, 13.0})
        shapes[Glyph::more].filled.addEllipse(QPointF(x, 8), 1.5, 1.5);
    polygon(shapes[Glyph::burst].stroked, {{9.5, 1.2}, {3, 9}, {7.4, 9}, {6.2, 14.8}, {13, 6.6}, {8.4, 6.6}});
}

} // namespace

const GlyphShape& glyphShape(Glyph glyph) {
    static const std::map<Glyph, GlyphShape> shapes = [] {
        std::map<Glyph, GlyphShape> made;
        roles(made);
        states(made);
        actions(made);
        return made;
    }();
    static const GlyphShape none;
    const auto found = shapes.find(glyph);
    return found == shapes.end() ? none : found->second;
}

} // namespace millrace::look
