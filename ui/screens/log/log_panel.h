#pragma once

#include "screens/screen.h"

#include <QTimer>

class QComboBox;
class QSortFilterProxyModel;
class QTreeView;

namespace millrace::studio {

class LogModel;

/// What the running nodes write: fetched by cursor while something runs, filtered by level and by what is selected.
class LogPanel : public Screen {
    Q_OBJECT
public:
    LogPanel(DocumentStore& store, RunController& run, QWidget* parent = nullptr);
    ~LogPanel() override;
    LogModel* model() { return model_; }
    int shownLines() const;

protected:
    void onDelta(const GraphDelta& delta) override;
    void onSelection() override { refilter(); }
    void retranslate() override;

private:
    void fetch();
    void refilter();

    LogModel* model_;
    QSortFilterProxyModel* filter_;
    QTreeView* view_;
    QComboBox *level_, *node_;
    QTimer timer_;
};

} // namespace millrace::studio
