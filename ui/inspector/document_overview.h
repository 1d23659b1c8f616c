#pragma once

#include <QWidget>

class QVBoxLayout;

namespace millrace::studio {

class DocumentStore;
class RunController;

/// What the inspector shows when nothing is selected: agents, clusters and problems of the document and of its last
/// start. A click on a line reveals its node.
class DocumentOverview : public QWidget {
    Q_OBJECT
public:
    DocumentOverview(DocumentStore& store, RunController& run, QWidget* parent = nullptr);

public slots:
    void refresh();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void listProblems();
    void caption(const QString& text);
    void line(const QString& name, const QString& second, const QString& node, const QString& property = {});

    DocumentStore& store_;
    RunController& run_;
    QWidget* body_ = nullptr;
    QVBoxLayout* column_ = nullptr;
};

} // namespace millrace::studio
