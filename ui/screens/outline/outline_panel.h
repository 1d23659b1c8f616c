#pragma once

#include "screens/screen.h"

class QTreeView;

namespace millrace::studio {

class OutlineModel;

/// The graph as a tree, for the keyboard and for screen readers. Its selection is the document's.
class OutlinePanel : public Screen {
    Q_OBJECT
public:
    OutlinePanel(DocumentStore& store, RunController& run, QWidget* parent = nullptr);
    QTreeView* tree() { return tree_; }
    OutlineModel* model() { return model_; }

protected:
    void onDelta(const GraphDelta& delta) override;
    void onSelection() override;
    void onSnapshot() override;
    void onTheme() override;
    void retranslate() override;

private:
    void selectFromTree();

    OutlineModel* model_;
    QTreeView* tree_;
    bool following_ = false; ///< one of the two selections is being set as the other
};

} // namespace millrace::studio
