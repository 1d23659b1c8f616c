#pragma once

#include "topology/graph/graph.h"

#include <QAbstractItemModel>

#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace millrace::studio {

class DocumentStore;
class RunController;
struct GraphDelta;

/// The graph as a tree: agents with their parts, clusters with their topics; name, and kind with its state. Only what a
/// change touched is told, so that a view keeps what is current, folded and scrolled to. GUI thread only.
class OutlineModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { name, kind, columns };
    static constexpr int kId = Qt::UserRole; ///< id of the row's node, a string

    /// Both must outlive the model.
    OutlineModel(const DocumentStore& store, const RunController& run, QObject* parent = nullptr);
    ~OutlineModel() override;

    void apply(const GraphDelta& delta);
    /// The states of what the newest snapshot told something new about are told.
    void showStates();
    /// Colours, words or all states are others.
    void repaint();

    /// Invalid when there is no such node.
    QModelIndex indexOf(const QString& id) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row;

    Row& at(const QModelIndex& index) const;
    QModelIndex indexOf(const Row& row, int column = 0) const; ///< of the root the invalid one
    Row& parentFor(const topology::Node& node);
    int placeIn(const Row& parent, const topology::Node& node) const;
    void fill();
    void rename(const GraphDelta& delta);
    void remove(const topology::NodeId& id, const std::unordered_set<topology::NodeId>& gone);
    void add(const topology::Node& node);
    void settle(const topology::Node& node);
    void move(Row& row, Row& to, int place);
    void told(const topology::NodeId& id);
    QString kindText(const topology::Node& node) const;

    const DocumentStore& store_;
    const RunController& run_;
    std::unique_ptr<Row> root_;
    std::unordered_map<topology::NodeId, Row*> rows_;
    std::unordered_map<topology::NodeId, std::size_t> order_; ///< places in the file, while a change is taken in
};

} // namespace millrace::studio
