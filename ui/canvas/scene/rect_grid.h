#pragma once

#include <QHash>
#include <QList>
#include <QRectF>
#include <QString>

namespace millrace::canvas {

/// Rectangles by where they lie, so that asking for what is at a place does not look at all of them.
class RectGrid {
public:
    /// Puts the rectangle of `id` there, or elsewhere when it was known.
    void put(const QString& id, const QRectF& rect);
    void remove(const QString& id);
    void clear();
    /// Any rectangle shares more than a border with this one.
    bool covers(const QRectF& rect) const;

private:
    struct Entry {
        QString id;
        QRectF rect;
    };
    template <class Visit>
    static void eachCell(const QRectF& rect, Visit visit);
    QHash<std::pair<int, int>, QList<Entry>> cells_;
    QHash<QString, QRectF> rects_;
};

} // namespace millrace::canvas
