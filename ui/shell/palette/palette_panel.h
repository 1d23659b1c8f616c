#pragma once

#include "canvas/commands/palette_mime.h"

#include "screens/screen.h"

#include <QTreeWidget>

#include <functional>

class QLineEdit;

namespace millrace::studio {

/// The list at the left: what runs here first, the rest behind "more…". Entries are dragged or added by a double click.
class PalettePanel : public Screen {
    Q_OBJECT
public:
    using Runs = std::function<bool(const catalog::ComponentSpec&)>;
    /// `runs` tells which components this program can run itself.
    PalettePanel(DocumentStore& store, RunController& run, Runs runs, QWidget* parent = nullptr);
    QTreeWidget* tree() { return tree_; }
    void focusSearch();

signals:
    void addWanted(const millrace::canvas::PaletteItem& entry);

protected:
    void onTheme() override { fill(); }
    void retranslate() override { fill(); }

private:
    void fill();
    void addComponents(QTreeWidgetItem* group, catalog::ComponentKind kind, topology::NodeKind node);
    QTreeWidgetItem* addEntry(QTreeWidgetItem* group, const canvas::PaletteItem& entry, const QString& title,
                              const QString& help, bool runs);
    void clicked(QTreeWidgetItem* item);
    void filter();

    Runs runs_;
    QLineEdit* search_;
    QTreeWidget* tree_;
    QSet<int> unfolded_; ///< groups whose rest is shown
};

} // namespace millrace::studio
