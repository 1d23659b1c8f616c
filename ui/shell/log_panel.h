#pragma once

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QSortFilterProxyModel;
class QTreeView;

namespace millrace::studio {

class DocumentStore;
class LogModel;
class RunController;

/// What the running nodes write: fetched by cursor while something runs, filtered by level and by what is selected.
class LogPanel : public QWidget {
    Q_OBJECT
public:
    LogPanel(DocumentStore& store, RunController& run, QWidget* parent = nullptr);
    ~LogPanel() override;
    LogModel* model() { return model_; }
    int shownLines() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void fetch();
    void translate();
    void refilter();

    DocumentStore& store_;
    RunController& run_;
    LogModel* model_;
    QSortFilterProxyModel* filter_;
    QTreeView* view_;
    QComboBox *level_, *node_;
    QTimer timer_;
};

} // namespace millrace::studio
