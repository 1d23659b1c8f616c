#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace millrace::studio {

class DocumentOverview;
class DocumentStore;
class LivePage;
class NodeTile;
class PropertyForm;
class RunController;
class TextView;

/// The panel at the right: what is selected, in three views. With nothing selected it tells about the document. GUI
/// thread only.
class InspectorPanel : public QWidget {
    Q_OBJECT
public:
    enum class Page { properties, live, text };
    InspectorPanel(DocumentStore& store, RunController& run, QWidget* parent = nullptr);

    /// What stands in the title when nothing is selected.
    void setDocumentName(const QString& name);
    void showPage(Page page);
    Page page() const;
    PropertyForm* form() { return form_; }
    TextView* textView() { return text_; }
    LivePage* live() { return live_; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    void renameNode();
    void reveal(const QString& node, const QString& property);
    void translate();

    DocumentStore& store_;
    QString documentName_;
    QString named_; ///< id of the node whose name the title shows
    RunController& run_;
    QTabBar* tabs_;
    QWidget* title_;
    NodeTile* tile_;
    QLineEdit* name_;
    QLabel* second_;
    QPushButton* burst_;
    QStackedWidget* pages_;
    QStackedWidget* properties_;
    PropertyForm* form_;
    DocumentOverview* overview_;
    LivePage* live_;
    TextView* text_;
};

} // namespace millrace::studio
