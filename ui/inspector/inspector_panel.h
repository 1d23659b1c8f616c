#pragma once

#include "screens/screen.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace millrace::studio {

class DocumentOverview;
class LivePage;
class NodeTile;
class PropertyForm;
class TextView;

/// The panel at the right: what is selected, in three views. With nothing selected it tells about the document. GUI
/// thread only.
class InspectorPanel : public Screen {
    Q_OBJECT
public:
    enum class Page { properties, live, text };
    InspectorPanel(DocumentStore& store, RunController& run, QWidget* parent = nullptr);

    /// It stands in the title when nothing is selected.
    void setDocumentName(const QString& name) override;
    void showPage(Page page);
    Page page() const;
    PropertyForm* form() { return form_; }
    TextView* textView() { return text_; }
    LivePage* live() { return live_; }

protected:
    void onDelta(const GraphDelta&) override { refresh(); }
    void onSelection() override { refresh(); }
    void retranslate() override;

private:
    void refresh();
    void renameNode();
    void reveal(const QString& node, const QString& property);

    QString documentName_;
    QString named_; ///< id of the node whose name the title shows
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
