#pragma once

#include "metrics/pyramid.h"
#include "session/answer.h"
#include "session/requests.h"

#include <string>
#include <vector>

namespace millrace::session {

/// What may get a line of its own in a chart.
struct HistoryCandidate {
    std::string id;
    std::vector<metrics::Column> columns; ///< of the page's grid
};

/// Gives the preferred and the busiest their lines, and the others one together. Those without any value get none.
void putLines(std::vector<HistoryCandidate> candidates, const HistoryRequest& request, const metrics::Grid& grid,
              HistoryPage& page);

} // namespace millrace::session
