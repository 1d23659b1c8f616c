#include "topology/layout/row_layout.h"

#include "topology/layout/metrics.h"

#include <algorithm>
#include <cmath>

namespace millrace::topology {
namespace {

constexpr double kPreferredAspect = 2.2; ///< width to height; in a longer row no name can be read

double distanceFromPreferred(const std::vector<LayeredBox>& boxes) {
    const auto [width, height] = extent(boxes);
    return std::abs(std::log(width / height / kPreferredAspect));
}

/// The boxes of one row, placed without regard to the others.
struct Row {
    std::vector<std::size_t> members; ///< in the whole
    std::vector<LayeredBox> boxes;
};

Row rowOf(const std::vector<LayeredBox>& boxes, const std::vector<LayeredLine>& lines, int from, int to, double gapX,
          double gapY) {
    Row row;
    std::vector<std::size_t> place(boxes.size(), boxes.size());
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (boxes[i].layer < from || boxes[i].layer >= to) continue;
        place[i] = row.boxes.size();
        row.members.push_back(i);
        row.boxes.push_back(boxes[i]);
    }
    std::vector<LayeredLine> inner;
    for (const LayeredLine& line : lines) {
        const std::size_t begin = place[line.from], end = place[line.to];
        if (std::max(begin, end) < boxes.size()) inner.push_back({begin, end, line.fromY, line.toY});
    }
    placeLayers(row.boxes, inner, gapX, gapY);
    return row;
}

double leftOfLayer(const std::vector<LayeredBox>& boxes, int layer) {
    double left = extent(boxes).first;
    for (const LayeredBox& box : boxes) {
        if (box.layer == layer) left = std::min(left, box.x);
    }
    return left;
}

/// Every `perRow`-th break begins a row.
void placeFolded(std::vector<LayeredBox>& boxes, const std::vector<LayeredLine>& lines, const std::vector<int>& breaks,
                 std::size_t perRow, double gapX, double gapY) {
    int last = 0;
    for (const LayeredBox& box : boxes)
        last = std::max(last, box.layer);
    double left = 0, top = 0;
    for (std::size_t first = 0; first < breaks.size(); first += perRow) {
        // What comes before the first break belongs to the first row.
        const int from = first == 0 ? 0 : breaks[first];
        const int to = first + perRow < breaks.size() ? breaks[first + perRow] : last + 1;
        const Row row = rowOf(boxes, lines, from, to, gapX, gapY);
        const double shift = first == 0 ? 0 : left;
        if (first == 0) left = leftOfLayer(row.boxes, breaks[0]);
        for (std::size_t i = 0; i < row.members.size(); ++i) {
            boxes[row.members[i]].x = row.boxes[i].x + shift;
            boxes[row.members[i]].y = row.boxes[i].y + top;
        }
        top += std::ceil((extent(row.boxes).second + gapY) / metrics::kGridStep) * metrics::kGridStep;
    }
}

} // namespace

std::pair<double, double> extent(const std::vector<LayeredBox>& boxes) {
    double width = 0, height = 0;
    for (const LayeredBox& box : boxes) {
        width = std::max(width, box.x + box.width);
        height = std::max(height, box.y + box.height);
    }
    return {width, height};
}

void placeInRows(std::vector<LayeredBox>& boxes, const std::vector<LayeredLine>& lines, const std::vector<int>& breaks,
                 double gapX, double gapY) {
    placeLayers(boxes, lines, gapX, gapY);
    std::vector<LayeredBox> best = boxes;
    // One row reads best: others must be clearly nearer.
    double least = distanceFromPreferred(boxes) / 2;
    for (std::size_t perRow = 1; perRow < breaks.size(); ++perRow) {
        std::vector<LayeredBox> folded = boxes;
        placeFolded(folded, lines, breaks, perRow, gapX, gapY);
        const double distance = distanceFromPreferred(folded);
        if (distance >= least) continue;
        least = distance;
        best = std::move(folded);
    }
    boxes = std::move(best);
}

} // namespace millrace::topology
