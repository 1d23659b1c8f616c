#include "screens/outline/outline_model.h"

#include "document/document_store.h"
#include "look/theme.h"
#include "run/run_controller.h"
#include "words/node_words.h"
#include "words/state_words.h"

#include <algorithm>

namespace millrace::studio {

using topology::Node;
using topology::NodeId;
using topology::NodeKind;

struct OutlineModel::Row {
    NodeId id;
    Row* parent = nullptr; ///< null: the root
    std::vector<std::unique_ptr<Row>> children;

    int place() const {
        const auto& all = parent->children;
        const auto here = std::ranges::find(all, this, [](const auto& one) { return one.get(); });
        return static_cast<int>(here - all.begin());
    }
};

namespace {

NodeId aboveOf(const Node& node) {
    if (!node.agent.empty()) return "agent/" + node.agent;
    return node.kind == NodeKind::topic ? "cluster/" + node.valueOr("cluster") : NodeId();
}

} // namespace

OutlineModel::OutlineModel(const DocumentStore& store, const RunController& run, QObject* parent)
    : QAbstractItemModel(parent), store_(store), run_(run), root_(std::make_unique<Row>()) {
    fill();
}

OutlineModel::~OutlineModel() = default;

void OutlineModel::fill() {
    beginResetModel();
    rows_.clear();
    root_ = std::make_unique<Row>();
    const auto put = [this](const Node& node, Row& parent) {
        parent.children.push_back(std::make_unique<Row>(Row{node.id, &parent, {}}));
        rows_[node.id] = parent.children.back().get();
    };
    // What holds others first: a topic may stand above its cluster in the file.
    const topology::Graph& graph = store_.graph();
    for (const bool inner : {false, true})
        for (const Node& node : graph.nodes)
            if ((graph.find(aboveOf(node)) != nullptr) == inner) put(node, parentFor(node));
    endResetModel();
}

void OutlineModel::apply(const GraphDelta& delta) {
    if (delta.loaded) {
        fill();
        return;
    }
    const topology::Graph& graph = store_.graph();
    for (std::size_t i = 0; i < graph.nodes.size() && !delta.added.empty(); ++i)
        order_[graph.nodes[i].id] = i;
    const std::unordered_set<NodeId> gone(delta.removed.begin(), delta.removed.end());
    for (const NodeId& id : delta.removed)
        remove(id, gone);
    rename(delta);
    for (const bool inner : {false, true})
        for (const NodeId& id : delta.added)
            if (const Node& node = *graph.find(id); (graph.find(aboveOf(node)) != nullptr) == inner) add(node);
    // A topic gets its cluster later, or outlives it.
    if (!delta.added.empty() || !delta.removed.empty())
        for (const Node* topic : graph.ofKind(NodeKind::topic))
            settle(*topic);
    for (const NodeId& id : delta.changed) {
        settle(*graph.find(id));
        told(id);
    }
    order_.clear();
}

/// First all go, then all come: two nodes may have changed names with each other.
void OutlineModel::rename(const GraphDelta& delta) {
    std::vector<std::pair<Row*, NodeId>> renamed;
    for (const GraphDelta::Renamed& one : delta.renamed)
        if (const auto held = rows_.extract(one.from)) renamed.emplace_back(held.mapped(), one.to);
    for (const auto& [row, id] : renamed) {
        row->id = id;
        rows_[id] = row;
        told(id);
    }
}

void OutlineModel::remove(const NodeId& id, const std::unordered_set<NodeId>& gone) {
    const auto found = rows_.find(id);
    if (found == rows_.end()) return;
    Row& row = *found->second;
    // A cluster may go without its topics.
    while (!row.children.empty()) {
        Row& child = *row.children.back();
        if (gone.contains(child.id))
            remove(NodeId(child.id), gone);
        else
            move(child, *root_, static_cast<int>(root_->children.size()));
    }
    const int place = row.place();
    Row& parent = *row.parent;
    beginRemoveRows(indexOf(parent), place, place);
    rows_.erase(found);
    parent.children.erase(parent.children.begin() + place);
    endRemoveRows();
}

void OutlineModel::add(const Node& node) {
    if (rows_.contains(node.id)) return;
    Row& parent = parentFor(node);
    const int place = placeIn(parent, node);
    beginInsertRows(indexOf(parent), place, place);
    const auto added =
        parent.children.insert(parent.children.begin() + place, std::make_unique<Row>(Row{node.id, &parent, {}}));
    rows_[node.id] = added->get();
    endInsertRows();
}

/// Moves the row to where its node belongs, when that is elsewhere.
void OutlineModel::settle(const Node& node) {
    const auto found = rows_.find(node.id);
    if (found == rows_.end()) return;
    Row& to = parentFor(node);
    if (&to != found->second->parent) move(*found->second, to, placeIn(to, node));
}

/// To another parent.
void OutlineModel::move(Row& row, Row& to, int place) {
    Row& from = *row.parent;
    const int old = row.place();
    beginMoveRows(indexOf(from), old, old, indexOf(to), place);
    std::unique_ptr<Row> held = std::move(from.children[static_cast<std::size_t>(old)]);
    from.children.erase(from.children.begin() + old);
    held->parent = &to;
    to.children.insert(to.children.begin() + place, std::move(held));
    endMoveRows();
}

OutlineModel::Row& OutlineModel::parentFor(const Node& node) {
    const NodeId above = aboveOf(node);
    const auto found = above.empty() || !store_.graph().find(above) ? rows_.end() : rows_.find(above);
    return found == rows_.end() ? *root_ : *found->second;
}

/// In file order, as far as that is known; else at the end.
int OutlineModel::placeIn(const Row& parent, const Node& node) const {
    const auto own = order_.find(node.id);
    if (own == order_.end()) return static_cast<int>(parent.children.size());
    const auto before = [&](const std::unique_ptr<Row>& row) {
        const auto other = order_.find(row->id);
        return other == order_.end() || other->second < own->second;
    };
    return static_cast<int>(std::ranges::find_if_not(parent.children, before) - parent.children.begin());
}

void OutlineModel::told(const NodeId& id) {
    if (const auto found = rows_.find(id); found != rows_.end())
        emit dataChanged(indexOf(*found->second, name), indexOf(*found->second, kind));
}

void OutlineModel::showStates() {
    for (const std::string& id : run_.model().changed())
        told(id);
}

void OutlineModel::repaint() {
    for (const auto& [id, row] : rows_)
        told(id);
}

OutlineModel::Row& OutlineModel::at(const QModelIndex& index) const {
    return index.isValid() ? *static_cast<Row*>(index.internalPointer()) : *root_;
}

QModelIndex OutlineModel::indexOf(const Row& row, int column) const {
    return row.parent ? createIndex(row.place(), column, &row) : QModelIndex();
}

QModelIndex OutlineModel::indexOf(const QString& id) const {
    const auto found = rows_.find(id.toStdString());
    return found == rows_.end() ? QModelIndex() : indexOf(*found->second);
}

QModelIndex OutlineModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent)) return {};
    return createIndex(row, column, at(parent).children[static_cast<std::size_t>(row)].get());
}

QModelIndex OutlineModel::parent(const QModelIndex& index) const {
    const Row* above = index.isValid() ? at(index).parent : nullptr;
    return above ? indexOf(*above) : QModelIndex();
}

int OutlineModel::rowCount(const QModelIndex& parent) const {
    return parent.column() > 0 ? 0 : static_cast<int>(at(parent).children.size());
}

int OutlineModel::columnCount(const QModelIndex&) const {
    return columns;
}

QVariant OutlineModel::data(const QModelIndex& index, int role) const {
    // A row that goes is asked about while its node is gone already.
    const Node* node = index.isValid() ? store_.graph().find(at(index).id) : nullptr;
    if (!node) return {};
    if (role == kId) return QString::fromStdString(node->id);
    if (index.column() == kind) {
        if (role == Qt::DisplayRole) return kindText(*node);
        return role == Qt::ForegroundRole ? QVariant(look::colours().second) : QVariant();
    }
    if (role == Qt::DisplayRole) return QString::fromStdString(node->name);
    if (role == Qt::DecorationRole) return look::tileIcon(glyphOf(node->kind));
    return role == Qt::AccessibleDescriptionRole ? QVariant(describe(*node)) : QVariant();
}

QString OutlineModel::kindText(const Node& node) const {
    const session::NodeSnapshot* live = run_.node(QString::fromStdString(node.id));
    if (!live || run_.phase() == RunController::Phase::stopped) return wordOf(node.kind);
    return tr("%1, %2", "kind of node, its state").arg(wordOf(node.kind), stateText(live->state));
}

} // namespace millrace::studio
