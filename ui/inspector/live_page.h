#pragma once

#include "inspector/figure_table.h"
#include "session/snapshot.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace millrace::topology {
struct Node;
}

namespace millrace::studio {

class DocumentStore;
class RunController;

/// What runs: state, last failure, rates, fill, counters of the selected node; offsets and lag of the groups of a
/// topic. Updated only while visible.
class LivePage : public QWidget {
    Q_OBJECT
public:
    LivePage(DocumentStore& store, RunController& run, QWidget* parent = nullptr);

    FigureTable* figures() { return figures_; }
    FigureTable* counters() { return counters_; }

public slots:
    void refresh();

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Content {
        QString hint, failure;
        QList<FigureTable::Row> figures, counters;
        QString countersCaption;
    };
    Content ofComponent(const topology::Node& node) const;
    Content ofTopic(const topology::Node& node) const;
    Content ofCluster(const topology::Node& node) const;
    /// Only what differs from what is shown changes.
    void display(const Content& content);

    DocumentStore& store_;
    RunController& run_;
    QLabel *hint_, *failure_, *countersCaption_;
    FigureTable *figures_, *counters_;
};

} // namespace millrace::studio
