#include "canvas/scene/rect_grid.h"

#include <algorithm>
#include <cmath>

namespace millrace::canvas {

namespace {

constexpr double kCell = 256; // scene units: a node touches two to four cells

int cellOf(double at) {
    return static_cast<int>(std::floor(at / kCell));
}

} // namespace

template <class Visit>
void RectGrid::eachCell(const QRectF& rect, Visit visit) {
    for (int x = cellOf(rect.left()); x <= cellOf(rect.right()); ++x)
        for (int y = cellOf(rect.top()); y <= cellOf(rect.bottom()); ++y)
            visit(std::pair(x, y));
}

void RectGrid::put(const QString& id, const QRectF& rect) {
    const auto known = rects_.constFind(id);
    if (known != rects_.constEnd() && *known == rect) return;
    remove(id);
    rects_.insert(id, rect);
    eachCell(rect, [&](const std::pair<int, int>& cell) { cells_[cell].append({id, rect}); });
}

void RectGrid::remove(const QString& id) {
    const auto known = rects_.constFind(id);
    if (known == rects_.constEnd()) return;
    eachCell(*known, [&](const std::pair<int, int>& cell) {
        const auto found = cells_.find(cell);
        found->removeIf([&](const Entry& entry) { return entry.id == id; });
        if (found->isEmpty()) cells_.erase(found);
    });
    rects_.erase(known);
}

void RectGrid::clear() {
    cells_.clear();
    rects_.clear();
}

bool RectGrid::covers(const QRectF& rect) const {
    bool covered = false;
    eachCell(rect, [&](const std::pair<int, int>& cell) {
        const auto found = cells_.constFind(cell);
        if (covered || found == cells_.constEnd()) return;
        covered = std::ranges::any_of(*found, [&](const Entry& entry) { return entry.rect.intersects(rect); });
    });
    return covered;
}

} // namespace millrace::canvas
