#include "topology/layout/layered.h"

#include "topology/layout/metrics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace millrace::topology {
namespace {

constexpr int kSweeps = 8;

double onGrid(double value) {
    return std::round(value / metrics::kGridStep) * metrics::kGridStep;
}

struct End {
    std::size_t other;
    double ownY, otherY;
};

class Placer {
public:
    Placer(std::vector<LayeredBox>& boxes, const std::vector<LayeredLine>& lines, double gapY)
        : boxes_(boxes), gapY_(gapY), ends_(boxes.size()) {
        for (const LayeredLine& line : lines) {
            if (boxes[line.from].layer == boxes[line.to].layer) continue;
            ends_[line.from].push_back({line.to, line.fromY, line.toY});
            ends_[line.to].push_back({line.from, line.toY, line.fromY});
        }
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            const auto layer = static_cast<std::size_t>(boxes[i].layer);
            if (columns_.size() <= layer) columns_.resize(layer + 1);
            columns_[layer].push_back(i);
        }
    }

    void run(double gapX) {
        for (auto& column : columns_)
            stack(column);
        for (int sweep = 0; sweep < kSweeps; ++sweep) {
            const bool forward = sweep % 2 == 0;
            for (std::size_t i = 0; i < columns_.size(); ++i)
                order(columns_[forward ? i : columns_.size() - 1 - i]);
        }
        for (int sweep = 0; sweep < kSweeps; ++sweep) {
            const bool forward = sweep % 2 == 1;
            for (std::size_t i = 0; i < columns_.size(); ++i)
                settle(columns_[forward ? i : columns_.size() - 1 - i]);
        }
        setColumns(gapX);
    }

private:
    void stack(const std::vector<std::size_t>& column) {
        double y = 0;
        for (const std::size_t i : column) {
            boxes_[i].y = y;
            y += boxes_[i].height + gapY_;
        }
    }

    /// Where the box would lie exactly opposite its neighbours.
    double wish(std::size_t i) const {
        if (ends_[i].empty()) return boxes_[i].y;
        double sum = 0;
        for (const End& end : ends_[i])
            sum += boxes_[end.other].y + end.otherY - end.ownY;
        return sum / static_cast<double>(ends_[i].size());
    }

    void order(std::vector<std::size_t>& column) {
        std::vector<std::pair<double, std::size_t>> wishes;
        for (const std::size_t i : column)
            wishes.emplace_back(wish(i), i);
        // Stable: what wishes the same place keeps the order in which it stands.
        std::stable_sort(wishes.begin(), wishes.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (std::size_t k = 0; k < column.size(); ++k)
            column[k] = wishes[k].second;
        stack(column);
    }

    /// Pool adjacent violators: the nearest places to the wishes that keep order and distance.
    void settle(const std::vector<std::size_t>& column) {
        struct Block {
            double place;
            double weight;
            std::size_t count;
        };
        std::vector<Block> blocks;
        double offset = 0;
        std::vector<double> offsets;
        for (const std::size_t i : column) {
            offsets.push_back(offset);
            // A box without neighbours follows the others.
            blocks.push_back({wish(i) - offset, ends_[i].empty() ? 0.001 : 1.0, 1});
            offset += boxes_[i].height + gapY_;
            while (blocks.size() > 1 && blocks[blocks.size() - 2].place > blocks.back().place) {
                const Block last = blocks.back();
                blocks.pop_back();
                Block& into = blocks.back();
                into.place = (into.place * into.weight + last.place * last.weight) / (into.weight + last.weight);
                into.weight += last.weight;
                into.count += last.count;
            }
        }
        std::size_t k = 0;
        for (const Block& block : blocks) {
            for (std::size_t n = 0; n < block.count; ++n, ++k)
                boxes_[column[k]].y = block.place + offsets[k];
        }
    }

    void setColumns(double gapX) {
        double x = 0;
        for (const auto& column : columns_) {
            double width = 0;
            for (const std::size_t i : column)
                width = std::max(width, boxes_[i].width);
            for (const std::size_t i : column)
                boxes_[i].x = onGrid(x + (width - boxes_[i].width) / 2);
            if (!column.empty()) x += width + gapX;
        }
        double top = 0;
        bool first = true;
        for (const LayeredBox& box : boxes_) {
            top = first ? box.y : std::min(top, box.y);
            first = false;
        }
        for (const auto& column : columns_) {
            double floor = 0;
            bool any = false;
            for (const std::size_t i : column) {
                // Rounding must not push two boxes together.
                const double y = onGrid(boxes_[i].y - top);
                boxes_[i].y = any ? std::max(y, std::ceil(floor / metrics::kGridStep) * metrics::kGridStep) : y;
                floor = boxes_[i].y + boxes_[i].height + gapY_;
                any = true;
            }
        }
    }

    std::vector<LayeredBox>& boxes_;
    double gapY_;
    std::vector<std::vector<End>> ends_;
    std::vector<std::vector<std::size_t>> columns_;
};

/// Lines without those that close a circle, found depth first in the order given; no recursion.
std::vector<LayeredLine> withoutCircles(std::size_t count, const std::vector<LayeredLine>& lines) {
    std::vector<std::vector<std::size_t>> out(count);
    for (std::size_t i = 0; i < lines.size(); ++i)
        out[lines[i].from].push_back(i);
    enum class State { fresh, open, done };
    std::vector<State> state(count, State::fresh);
    std::vector<LayeredLine> kept;
    std::vector<std::pair<std::size_t, std::size_t>> path;
    for (std::size_t start = 0; start < count; ++start) {
        if (state[start] != State::fresh) continue;
        path.emplace_back(start, 0);
        state[start] = State::open;
        while (!path.empty()) {
            auto& [box, next] = path.back();
            if (next == out[box].size()) {
                state[box] = State::done;
                path.pop_back();
                continue;
            }
            const LayeredLine& line = lines[out[box][next++]];
            if (state[line.to] == State::open) continue;
            kept.push_back(line);
            if (state[line.to] == State::fresh) {
                state[line.to] = State::open;
                path.emplace_back(line.to, 0);
            }
        }
    }
    return kept;
}

} // namespace

void assignLayers(std::vector<LayeredBox>& boxes, const std::vector<LayeredLine>& lines) {
    const std::vector<LayeredLine> kept = withoutCircles(boxes.size(), lines);
    std::vector<std::vector<std::size_t>> next(boxes.size());
    std::vector<std::size_t> before(boxes.size(), 0);
    for (const LayeredLine& line : kept) {
        next[line.from].push_back(line.to);
        ++before[line.to];
    }
    std::vector<std::size_t> open = before, queue;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        boxes[i].layer = 0;
        if (open[i] == 0) queue.push_back(i);
    }
    for (std::size_t k = 0; k < queue.size(); ++k) {
        for (const std::size_t to : next[queue[k]]) {
            boxes[to].layer = std::max(boxes[to].layer, boxes[queue[k]].layer + 1);
            if (--open[to] == 0) queue.push_back(to);
        }
    }
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (before[i] > 0 || next[i].empty()) continue;
        int nearest = boxes[next[i].front()].layer;
        for (const std::size_t to : next[i])
            nearest = std::min(nearest, boxes[to].layer);
        boxes[i].layer = nearest - 1;
    }
}

void placeLayers(std::vector<LayeredBox>& boxes, const std::vector<LayeredLine>& lines, double gapX, double gapY) {
    Placer(boxes, lines, gapY).run(gapX);
}

} // namespace millrace::topology
