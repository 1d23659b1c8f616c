#include "session/history_lines.h"

#include <algorithm>
#include <set>
#include <utility>

namespace millrace::session {

namespace {

using metrics::Column;

struct Ranked {
    HistoryCandidate candidate;
    bool preferred;
    float largest;
};

std::vector<Ranked> ranked(std::vector<HistoryCandidate> candidates, const std::vector<std::string>& prefer) {
    const std::set<std::string> first(prefer.begin(), prefer.end());
    std::vector<Ranked> all;
    for (HistoryCandidate& candidate : candidates) {
        Column whole = Column::none();
        for (const Column& column : candidate.columns)
            whole.add(column);
        if (!whole.any()) continue;
        const bool preferred = first.contains(candidate.id);
        all.push_back({std::move(candidate), preferred, whole.high});
    }
    std::ranges::sort(all, [](const Ranked& a, const Ranked& b) {
        if (a.preferred != b.preferred) return a.preferred;
        return a.largest != b.largest ? a.largest > b.largest : a.candidate.id < b.candidate.id;
    });
    return all;
}

HistoryLine lineOf(std::string id, const std::vector<Column>& columns, const metrics::Grid& grid) {
    HistoryLine line{std::move(id), {}};
    bool open = false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const Column& column = columns[i];
        if (column.any()) {
            if (!open) line.pieces.push_back({(grid.first + static_cast<std::int64_t>(i)) * grid.stepMs, {}, {}});
            line.pieces.back().low.push_back(column.low);
            line.pieces.back().high.push_back(column.high);
        }
        open = column.any();
    }
    return line;
}

Column together(const Column& a, const Column& b, bool longest) {
    if (!a.any() || !b.any()) return a.any() ? a : b;
    if (longest) return {std::max(a.low, b.low), std::max(a.high, b.high)};
    return {a.low + b.low, a.high + b.high};
}

} // namespace

void putLines(std::vector<HistoryCandidate> candidates, const HistoryRequest& request, const metrics::Grid& grid,
              HistoryPage& page) {
    page.stepMs = grid.stepMs;
    std::vector<Ranked> all = ranked(std::move(candidates), request.prefer);
    const std::size_t shown = std::min(all.size(), static_cast<std::size_t>(request.maxLines));
    std::vector<Column> rest(grid.columns(), Column::none());
    for (std::size_t at = shown; at < all.size(); ++at) {
        const HistoryCandidate& other = all[at].candidate;
        for (std::size_t i = 0; i < rest.size(); ++i)
            rest[i] = together(rest[i], other.columns[i], request.figure == HistoryRequest::kLagMs);
        if (page.otherIds.size() < HistoryPage::kMostNamed) page.otherIds.push_back(other.id);
    }
    page.others = static_cast<std::int64_t>(all.size() - shown);
    if (page.others > 0) page.rest = lineOf({}, rest, grid);
    for (std::size_t at = 0; at < shown; ++at)
        page.lines.push_back(lineOf(std::move(all[at].candidate.id), all[at].candidate.columns, grid));
}

} // namespace millrace::session
