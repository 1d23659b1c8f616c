#pragma once

#include "topology/layout/layered.h"

#include <utility>

namespace millrace::topology {

/// Width and height of placed boxes.
std::pair<double, double> extent(const std::vector<LayeredBox>& boxes);

/// Places boxes whose layers are known as placeLayers() does, in one row; where several rows, one below the other, come
/// nearer to the aspect of a screen, in these. A row can begin at each of `breaks` (layers, ascending) but the first;
/// what begins the rows stands one below the other.
void placeInRows(std::vector<LayeredBox>& boxes, const std::vector<LayeredLine>& lines, const std::vector<int>& breaks,
                 double gapX, double gapY);

} // namespace millrace::topology
