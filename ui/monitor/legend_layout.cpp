#include "monitor/legend_layout.h"

#include <algorithm>

namespace millrace::studio {

namespace {
constexpr int kMostLines = 2;
}

LegendLayout::~LegendLayout() {
    qDeleteAll(items_);
}

QSize LegendLayout::sizeHint() const {
    int width = 0;
    for (const QLayoutItem* item : items_)
        width += item->sizeHint().width();
    return {width, reserved_ * lineHeight()};
}

QSize LegendLayout::minimumSize() const {
    int width = 0;
    for (const QLayoutItem* item : items_)
        width = std::max(width, item->minimumSize().width());
    return {width, reserved_ * lineHeight()};
}

int LegendLayout::lineHeight() const {
    int height = 0;
    for (const QLayoutItem* item : items_)
        height = std::max(height, item->sizeHint().height());
    return height;
}

QList<QList<QLayoutItem*>> LegendLayout::linesFor(int width) const {
    QList<QList<QLayoutItem*>> lines;
    int left = 0;
    for (QLayoutItem* item : items_) {
        const int wanted = item->sizeHint().width();
        if (lines.isEmpty() || wanted > left) {
            lines.append(QList<QLayoutItem*>());
            left = width;
        }
        lines.last().append(item);
        left -= wanted;
    }
    return lines;
}

int LegendLayout::linesIn(int width) const {
    return std::clamp(static_cast<int>(linesFor(width).size()), 1, kMostLines);
}

void LegendLayout::reserve(int lines) {
    if (lines == reserved_) return;
    reserved_ = lines;
    invalidate();
}

void LegendLayout::setGeometry(const QRect& area) {
    QLayout::setGeometry(area);
    const int height = lineHeight();
    int y = area.top(), lines = 0;
    for (const QList<QLayoutItem*>& line : linesFor(area.width())) {
        if (++lines > reserved_) {
            for (QLayoutItem* item : line)
                item->setGeometry({});
            continue;
        }
        int wanted = 0;
        for (const QLayoutItem* item : line)
            wanted += item->sizeHint().width();
        int x = area.left() + std::max(0, area.width() - wanted);
        for (QLayoutItem* item : line) {
            const int width = std::min(item->sizeHint().width(), area.width());
            item->setGeometry({x, y, width, height});
            x += width;
        }
        y += height;
    }
}

} // namespace millrace::studio
