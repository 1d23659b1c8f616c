#pragma once

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
class FigureTable;
class RunController;

/// The name of a state in the language in force.
QString stateText(session::State state);

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
    void showComponent(const topology::Node& node);
    void showTopic(const topology::Node& node);
    void showCluster(const topology::Node& node);
    void translate();

    DocumentStore& store_;
    RunController& run_;
    QLabel *hint_, *failure_, *figuresCaption_, *countersCaption_;
    FigureTable *figures_, *counters_;
};

} // namespace millrace::studio
