#pragma once

#include <QTreeWidget>
#include <QWidget>

namespace millrace::studio {

class DocumentStore;
class RunController;

/// The graph as a tree, for the keyboard and for screen readers: agents with their parts, clusters with their topics.
/// Its selection is the document's.
class OutlinePanel : public QWidget {
    Q_OBJECT
public:
    OutlinePanel(DocumentStore& store, RunController& run, QWidget* parent = nullptr);
    QTreeWidget* tree() { return tree_; }

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void rebuild();
    void showSelection();
    void selectFromTree();
    void showStates();
    QTreeWidgetItem* itemOf(const QString& id) const { return items_.value(id); }

    DocumentStore& store_;
    RunController& run_;
    QTreeWidget* tree_;
    QHash<QString, QTreeWidgetItem*> items_;
    bool following_ = false;
};

} // namespace millrace::studio
