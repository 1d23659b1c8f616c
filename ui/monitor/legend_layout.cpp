#include "monitor/legend_layout.h"

#include <QLocale>
#include <QToolButton>

#include <algorithm>

namespace millrace::studio {

namespace {

int widthOf(const QList<QLayoutItem*>& line) {
    int width = 0;
    for (const QLayoutItem* item : line)
        width += item->sizeHint().width();
    return width;
}

} // namespace

LegendLayout::~LegendLayout() {
    qDeleteAll(items_);
}

QSize LegendLayout::sizeHint() const {
    return {widthOf(items_), reserved_ * lineHeight()};
}

int LegendLayout::lineHeight() const {
    return more_->minimumHeight();
}

QList<LegendLayout::Line> LegendLayout::linesFor(int width) const {
    QList<Line> lines;
    int left = 0;
    for (QLayoutItem* item : items_) {
        const int wanted = item->sizeHint().width();
        if (lines.isEmpty() || wanted > left) {
            lines.append(Line());
            left = width;
        }
        lines.last().append(item);
        left -= wanted;
    }
    return lines;
}

int LegendLayout::linesIn(int width) const {
    return std::max(1, static_cast<int>(linesFor(width).size()));
}

void LegendLayout::reserve(int lines) {
    if (lines == reserved_) return;
    reserved_ = lines;
    invalidate();
}

void LegendLayout::makeRoomForMore(QList<Line>& lines, int width) {
    hidden_.clear();
    while (lines.size() > reserved_) {
        const Line line = lines.takeLast();
        for (auto item = line.crbegin(); item != line.crend(); ++item)
            hidden_.prepend((*item)->widget());
    }
    const auto label = [this] { more_->setText(QLatin1Char('+') + QLocale().toString(hidden_.size())); };
    label();
    while (!hidden_.isEmpty() && !lines.isEmpty() && !lines.last().isEmpty() &&
           widthOf(lines.last()) + more_->sizeHint().width() > width) {
        hidden_.prepend(lines.last().takeLast()->widget());
        label();
    }
    more_->setVisible(!hidden_.isEmpty());
    for (QWidget* entry : std::as_const(hidden_))
        entry->setGeometry({});
}

void LegendLayout::setGeometry(const QRect& area) {
    QLayout::setGeometry(area);
    QList<Line> lines = linesFor(area.width());
    makeRoomForMore(lines, area.width());
    const int height = lineHeight();
    int y = area.top();
    for (const Line& line : std::as_const(lines)) {
        const bool last = &line == &lines.last() && !hidden_.isEmpty();
        const int more = last ? more_->sizeHint().width() : 0;
        int x = area.left() + std::max(0, area.width() - widthOf(line) - more);
        for (QLayoutItem* item : line) {
            const int width = std::min(item->sizeHint().width(), area.width());
            item->setGeometry({x, y, width, height});
            x += width;
        }
        if (last) more_->setGeometry(x, y, more, height);
        y += height;
    }
}

} // namespace millrace::studio
