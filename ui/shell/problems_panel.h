#pragma once

#include <QTreeWidget>
#include <QWidget>

namespace millrace::studio {

class DocumentStore;
class RunController;

/// Errors and warnings of the document, and of its last start or change; hints are not counted. Every count that the
/// window shows is this one.
int countProblems(const DocumentStore& store, const RunController& run);

/// All problems: of the document, and of the last start or change. A click reveals the place; remedies are buttons.
class ProblemsPanel : public QWidget {
    Q_OBJECT
public:
    ProblemsPanel(DocumentStore& store, RunController& run, QWidget* parent = nullptr);
    int count() const;
    QTreeWidget* tree() { return tree_; }

signals:
    void countChanged();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void refresh();
    void addDiagnostics();
    void addIssues();
    QString placeOf(const std::string& nodeId) const;
    void reveal(QTreeWidgetItem* item);
    QTreeWidgetItem* addRow(bool error, bool warning, const QString& message, const QString& place, const QString& node,
                            const QString& property);
    void addButton(QTreeWidgetItem* item, const QString& text, std::function<void()> act);

    DocumentStore& store_;
    RunController& run_;
    QTreeWidget* tree_;
};

} // namespace millrace::studio
