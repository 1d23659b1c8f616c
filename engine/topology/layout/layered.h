#pragma once

#include <cstddef>
#include <vector>

namespace millrace::topology {

/// A box in a layered drawing.
struct LayeredBox {
    double width = 0, height = 0;
    int layer = 0;
    double x = 0, y = 0; ///< results
};

/// A line between two boxes; `fromY`, `toY`: where it leaves and enters, from the box's top.
struct LayeredLine {
    std::size_t from = 0, to = 0;
    double fromY = 0, toY = 0;
};

/// Gives each box the layer of its longest way from a beginning; lines that go round in a circle are left out of
/// account. Boxes that nothing leads to move right, next to what they lead to.
void assignLayers(std::vector<LayeredBox>& boxes, const std::vector<LayeredLine>& lines);

/// Places boxes whose layers are known: columns from left to right, within a column an order with few crossings that
/// begins as the order given, boxes opposite what they are connected with, never overlapping. All on the 8-px grid.
void placeLayers(std::vector<LayeredBox>& boxes, const std::vector<LayeredLine>& lines, double gapX, double gapY);

} // namespace millrace::topology
