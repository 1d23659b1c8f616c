#include "topology/layout/layout.h"

#include "topology/layout/row_layout.h"
#include "topology/graph/keys.h"
#include "topology/layout/layered.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <unordered_map>

namespace millrace::topology {
namespace {

constexpr double kBlockGapX = 120, kBlockGapY = 48;
/// Parts that do not hang together stand side by side up to this width, or more where the whole would be taller than a
/// window is.
constexpr double kPackedWidth = 1600, kWindowShape = 16.0 / 9;

struct Rect {
    double x, y, width, height;
    bool meets(const Rect& o) const {
        return x < o.x + o.width && o.x < x + width && y < o.y + o.height && o.y < y + height;
    }
};

std::pair<double, double> sizeOf(NodeKind kind) {
    if (kind == NodeKind::topic || kind == NodeKind::cluster) return {metrics::kTopicWidth, metrics::kTopicHeight};
    return {metrics::kNodeWidth, metrics::kNodeHeight};
}

bool isPart(const Node& node) {
    return node.kind == NodeKind::source || node.kind == NodeKind::channel || node.kind == NodeKind::sink;
}

int columnOf(NodeKind kind) {
    return kind == NodeKind::source ? 0 : kind == NodeKind::channel ? 1 : 2;
}

/// An agent with its parts, or any other node alone; places of the parts are relative to the block.
struct Block {
    NodeId id;
    double width = 0, height = 0;
    std::vector<NodeId> parts;
    std::unordered_map<NodeId, std::pair<double, double>> offsets;
};

class Layouter {
public:
    explicit Layouter(const Graph& graph) : graph_(graph) {}

    std::map<NodeId, Position> all() {
        makeBlocks();
        placeBlocks();
        return std::move(places_);
    }

private:
    void makeBlocks() {
        for (const Node& node : graph_.nodes) {
            if (node.kind == NodeKind::agent) {
                blockOf_[node.id] = blocks_.size();
                blocks_.push_back({node.id, 0, 0, {}, {}});
            } else if (node.agent.empty()) {
                const auto [width, height] = sizeOf(node.kind);
                blockOf_[node.id] = blocks_.size();
                blocks_.push_back({node.id, width, height, {}, {{node.id, {0, 0}}}});
            } else if (isPart(node)) {
                const std::size_t owner = blockOf_.at(plainId("agent", node.agent));
                blockOf_[node.id] = owner;
                blocks_[owner].parts.push_back(node.id);
            }
            kinds_[node.id] = node.kind;
        }
        std::vector<std::vector<const Wire*>> inner(blocks_.size());
        for (const Wire& wire : graph_.wires) {
            const auto from = blockOf_.find(wire.from), to = blockOf_.find(wire.to);
            if (from == blockOf_.end() || to == blockOf_.end()) continue;
            if (from->second == to->second) inner[from->second].push_back(&wire);
        }
        for (std::size_t i = 0; i < blocks_.size(); ++i) {
            if (blocks_[i].offsets.empty()) layoutAgent(blocks_[i], inner[i]);
        }
    }

    /// Sources, channels and sinks in columns; sinks of one group side by side.
    void layoutAgent(Block& block, const std::vector<const Wire*>& wires) {
        std::stable_sort(block.parts.begin(), block.parts.end(),
                         [this](const NodeId& a, const NodeId& b) { return groupOf(a) < groupOf(b); });
        std::unordered_map<NodeId, std::size_t> index;
        std::vector<LayeredBox> boxes;
        bool used[3] = {false, false, false};
        for (const NodeId& id : block.parts)
            used[columnOf(kinds_[id])] = true;
        const int shift[3] = {0, used[0] ? 1 : 0, (used[0] ? 1 : 0) + (used[1] ? 1 : 0)};
        for (const NodeId& id : block.parts) {
            index[id] = boxes.size();
            boxes.push_back({metrics::kNodeWidth, metrics::kNodeHeight, shift[columnOf(kinds_[id])], 0, 0});
        }
        std::vector<LayeredLine> lines;
        for (const Wire* wire : wires) {
            const double middle = metrics::kNodeHeight / 2;
            lines.push_back({index[wire->from], index[wire->to], middle, middle});
        }
        placeLayers(boxes, lines, metrics::kGapX, metrics::kGapY);
        double right = metrics::kNodeWidth, bottom = metrics::kNodeHeight;
        const double top = metrics::kFrameTitle + metrics::kFramePadding;
        for (const NodeId& id : block.parts) {
            const LayeredBox& box = boxes[index[id]];
            block.offsets[id] = {box.x + metrics::kFramePadding, box.y + top};
            right = std::max(right, box.x + box.width);
            bottom = std::max(bottom, box.y + box.height);
        }
        block.width = right + 2 * metrics::kFramePadding;
        block.height = bottom + top + metrics::kFramePadding;
    }

    std::size_t groupOf(const NodeId& sink) {
        if (groups_.empty()) {
            for (std::size_t i = 0; i < graph_.groups.size(); ++i) {
                for (const NodeId& id : graph_.groups[i].sinks)
                    groups_[id] = i + 1;
            }
            groups_[{}] = 0;
        }
        const auto found = groups_.find(sink);
        return found == groups_.end() ? 0 : found->second;
    }

    double portY(const Block& block, const NodeId& id) const {
        const auto [width, height] = sizeOf(kinds_.at(id));
        return block.offsets.at(id).second + height / 2;
    }

    void placeBlocks() {
        std::vector<LayeredLine> lines;
        std::vector<std::size_t> leader(blocks_.size());
        std::iota(leader.begin(), leader.end(), std::size_t{0});
        const auto find = [&leader](std::size_t i) {
            while (leader[i] != i)
                i = leader[i] = leader[leader[i]];
            return i;
        };
        for (const Wire& wire : graph_.wires) {
            const auto from = blockOf_.find(wire.from), to = blockOf_.find(wire.to);
            if (from == blockOf_.end() || to == blockOf_.end() || from->second == to->second) continue;
            lines.push_back({from->second, to->second, portY(blocks_[from->second], wire.from),
                             portY(blocks_[to->second], wire.to)});
            leader[find(from->second)] = find(to->second);
        }
        std::map<std::size_t, std::size_t> island; // leader → number, in file order
        std::vector<std::vector<std::size_t>> members;
        for (std::size_t i = 0; i < blocks_.size(); ++i) {
            const auto [found, added] = island.try_emplace(find(i), members.size());
            if (added) members.emplace_back();
            members[found->second].push_back(i);
        }
        std::vector<std::vector<LayeredLine>> islandLines(members.size());
        for (const LayeredLine& line : lines)
            islandLines[island[find(line.from)]].push_back(line);
        packedWidth_ = std::max(kPackedWidth, std::sqrt(areaOfAll() * kWindowShape));
        // What flows comes first; notes and clusters that stand alone lie below.
        for (const bool connected : {true, false}) {
            for (std::size_t i = 0; i < members.size(); ++i) {
                const bool flows = !islandLines[i].empty() || kinds_[blocks_[members[i].front()].id] == NodeKind::agent;
                if (flows == connected) placeIsland(members[i], islandLines[i]);
            }
        }
    }

    double areaOfAll() const {
        double area = 0;
        for (const Block& block : blocks_)
            area += (block.width + kBlockGapX) * (block.height + kBlockGapY);
        return area;
    }

    void placeIsland(const std::vector<std::size_t>& members, std::vector<LayeredLine>& lines) {
        std::unordered_map<std::size_t, std::size_t> index;
        std::vector<LayeredBox> boxes;
        for (const std::size_t block : members) {
            index[block] = boxes.size();
            boxes.push_back({blocks_[block].width, blocks_[block].height, 0, 0, 0});
        }
        for (LayeredLine& line : lines) {
            line.from = index[line.from];
            line.to = index[line.to];
        }
        assignLayers(boxes, lines);
        std::set<int> agentLayers;
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            if (kinds_[blocks_[members[i]].id] == NodeKind::agent) agentLayers.insert(boxes[i].layer);
        }
        placeInRows(boxes, lines, {agentLayers.begin(), agentLayers.end()}, kBlockGapX, kBlockGapY);
        const auto [width, height] = extent(boxes);
        if (shelfX_ > 0 && shelfX_ + width > packedWidth_) {
            shelfY_ = nextShelf_;
            shelfX_ = 0;
        }
        for (const std::size_t block : members) {
            const LayeredBox& box = boxes[index[block]];
            put(blocks_[block], shelfX_ + box.x, shelfY_ + box.y);
        }
        const auto grid = [](double v) { return std::ceil(v / metrics::kGridStep) * metrics::kGridStep; };
        shelfX_ += grid(width) + kBlockGapX;
        nextShelf_ = std::max(nextShelf_, shelfY_ + grid(height) + kBlockGapY + 16);
    }

    void put(const Block& block, double x, double y) {
        if (kinds_[block.id] == NodeKind::agent) places_[block.id] = Position{x, y, block.width, block.height};
        for (const auto& [id, offset] : block.offsets)
            places_[id] = Position{x + offset.first, y + offset.second, {}, {}};
    }

    const Graph& graph_;
    std::vector<Block> blocks_;
    std::unordered_map<NodeId, std::size_t> blockOf_;
    std::unordered_map<NodeId, NodeKind> kinds_;
    std::unordered_map<NodeId, std::size_t> groups_;
    std::map<NodeId, Position> places_;
    double shelfX_ = 0, shelfY_ = 0, nextShelf_ = 0, packedWidth_ = kPackedWidth;
};

/// Finds places for what is new in a drawing whose other nodes stay where they are.
class Filler {
public:
    explicit Filler(const Graph& graph) : graph_(graph), ideal_(layoutAll(graph)) {}

    std::map<NodeId, Position> run() {
        for (const Node& node : graph_.nodes) {
            if (node.position && (isPart(node) || node.agent.empty())) keep(node.id, *node.position, node.kind);
        }
        frames();
        for (const Node& node : graph_.nodes) {
            if (isPart(node) && !node.position && hasFrame(node)) intoFrame(node);
        }
        for (const Node& node : graph_.nodes) {
            if (node.kind == NodeKind::agent ? !frames_.contains(node.id) : node.agent.empty() && !node.position)
                block(node);
        }
        for (const auto& [agent, frame] : frames_) {
            if (!out_.contains(agent)) out_[agent] = Position{frame.x, frame.y, frame.width, frame.height};
        }
        return std::move(out_);
    }

private:
    void keep(const NodeId& id, const Position& position, NodeKind kind) {
        out_[id] = position;
        if (kind == NodeKind::agent) return;
        const auto [width, height] = sizeOf(kind);
        rects_.push_back({position.x, position.y, position.width.value_or(width), position.height.value_or(height)});
    }

    /// Frames round the parts that have a place, or of empty agents that have one.
    void frames() {
        for (const Node& node : graph_.nodes) {
            if (!isPart(node) || !node.position) continue;
            grow(plainId("agent", node.agent),
                 {node.position->x, node.position->y, metrics::kNodeWidth, metrics::kNodeHeight});
        }
        for (const Node* agent : graph_.ofKind(NodeKind::agent)) {
            if (agent->position && !frames_.contains(agent->id)) {
                grow(agent->id, {agent->position->x + metrics::kFramePadding,
                                 agent->position->y + metrics::kFramePadding + metrics::kFrameTitle,
                                 metrics::kNodeWidth, metrics::kNodeHeight});
            }
        }
    }

    bool hasFrame(const Node& node) const { return frames_.contains(plainId("agent", node.agent)); }

    void grow(const NodeId& agent, const Rect& part) {
        const double side = metrics::kFramePadding, top = side + metrics::kFrameTitle;
        const Rect around{part.x - side, part.y - top, part.width + 2 * side, part.height + top + side};
        const auto [found, added] = frames_.try_emplace(agent, around);
        if (added) return;
        Rect& frame = found->second;
        const double right = std::max(frame.x + frame.width, around.x + around.width);
        const double bottom = std::max(frame.y + frame.height, around.y + around.height);
        frame.x = std::min(frame.x, around.x);
        frame.y = std::min(frame.y, around.y);
        frame.width = right - frame.x;
        frame.height = bottom - frame.y;
    }

    /// A part joins its column: that of its kind, else beside the kind before or after it.
    void intoFrame(const Node& node) {
        const NodeId agent = plainId("agent", node.agent);
        const double step = metrics::kNodeWidth + metrics::kGapX;
        double x = frames_.at(agent).x + metrics::kFramePadding,
               y = frames_.at(agent).y + metrics::kFramePadding + metrics::kFrameTitle;
        int nearest = 9;
        for (const Node* other : graph_.partsOf(node.agent)) {
            const auto place = out_.find(other->id);
            if (!isPart(*other) || place == out_.end()) continue;
            const int distance = columnOf(node.kind) - columnOf(other->kind);
            if (std::abs(distance) >= nearest) continue;
            nearest = std::abs(distance);
            x = place->second.x + distance * step;
            y = place->second.y;
        }
        const Rect free = freePlace({x, y, metrics::kNodeWidth, metrics::kNodeHeight}, metrics::kGapY, agent);
        out_[node.id] = Position{free.x, free.y, {}, {}};
        rects_.push_back(free);
        grow(agent, free);
    }

    /// An agent or a single node: where the whole layout would have it, seen from a neighbour that has a place.
    void block(const Node& node) {
        const Position wanted = ideal_.at(node.id);
        double dx = 0, dy = bottom();
        const auto own = [&](const NodeId& id) {
            return id == node.id || (node.kind == NodeKind::agent && agentOf(id) == node.name);
        };
        for (const Wire& wire : graph_.wires) {
            if (own(wire.from) == own(wire.to)) continue;
            const NodeId& other = own(wire.from) ? wire.to : wire.from;
            const auto there = out_.find(other);
            if (there == out_.end() || !ideal_.contains(other)) continue;
            dx = there->second.x - ideal_.at(other).x;
            dy = there->second.y - ideal_.at(other).y;
            break;
        }
        const auto [width, height] = sizeOf(node.kind);
        const Rect rect{grid(wanted.x + dx), grid(wanted.y + dy), wanted.width.value_or(width),
                        wanted.height.value_or(height)};
        const Rect free = freePlace(rect, metrics::kGapY, node.id);
        const double shiftX = free.x - wanted.x, shiftY = free.y - wanted.y;
        if (node.kind != NodeKind::agent) {
            out_[node.id] = Position{free.x, free.y, {}, {}};
            rects_.push_back(free);
            return;
        }
        frames_[node.id] = free;
        for (const Node* part : graph_.partsOf(node.name)) {
            const auto place = ideal_.find(part->id);
            if (place != ideal_.end())
                out_[part->id] = Position{place->second.x + shiftX, place->second.y + shiftY, {}, {}};
        }
    }

    static double grid(double value) { return std::round(value / metrics::kGridStep) * metrics::kGridStep; }

    double bottom() const {
        double y = 0;
        for (const Rect& rect : rects_)
            y = std::max(y, rect.y + rect.height + kBlockGapY);
        for (const auto& [id, frame] : frames_)
            y = std::max(y, frame.y + frame.height + kBlockGapY);
        return rects_.empty() && frames_.empty() ? 0 : grid(y);
    }

    /// The rectangle moved down until nothing is in its way; `own` frame is no obstacle.
    Rect freePlace(Rect rect, double gap, const NodeId& own) const {
        for (bool moved = true; moved;) {
            moved = false;
            const auto dodge = [&](const Rect& other) {
                if (!rect.meets({other.x - gap / 2, other.y - gap / 2, other.width + gap, other.height + gap})) return;
                rect.y = std::ceil((other.y + other.height + gap) / metrics::kGridStep) * metrics::kGridStep;
                moved = true;
            };
            for (const Rect& other : rects_)
                dodge(other);
            for (const auto& [id, frame] : frames_) {
                if (id != own) dodge(frame);
            }
        }
        return rect;
    }

    const Graph& graph_;
    std::map<NodeId, Position> ideal_;
    std::map<NodeId, Position> out_;
    std::map<NodeId, Rect> frames_;
    std::vector<Rect> rects_;
};

} // namespace

std::map<NodeId, Position> layout(const Graph& graph) {
    const bool any =
        std::any_of(graph.nodes.begin(), graph.nodes.end(), [](const Node& node) { return node.position.has_value(); });
    return any ? Filler(graph).run() : layoutAll(graph);
}

std::map<NodeId, Position> layoutAll(const Graph& graph) {
    return Layouter(graph).all();
}

} // namespace millrace::topology
