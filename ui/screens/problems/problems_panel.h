#pragma once

#include "screens/screen.h"

class QLabel;
class QModelIndex;
class QTreeView;

namespace millrace::studio {

class ProblemModel;

/// All problems: of the document, and of the last start or change. A click reveals the place; remedies are buttons.
class ProblemsPanel : public Screen {
    Q_OBJECT
public:
    ProblemsPanel(DocumentStore& store, RunController& run, QWidget* parent = nullptr);
    int count() const override;
    ProblemModel* model() { return model_; }
    QTreeView* tree() { return tree_; }

protected:
    void onDelta(const GraphDelta& delta) override;
    void onChecked() override { refresh(); }
    void onTheme() override;
    void retranslate() override;
    void showEvent(QShowEvent* event) override;

private:
    void refresh();
    void addButtons(int first, int last);
    void mend(int row);
    void reveal(const QModelIndex& index);

    ProblemModel* model_;
    QTreeView* tree_;
    QLabel* none_;
};

} // namespace millrace::studio
