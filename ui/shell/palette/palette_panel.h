#pragma once

#include "canvas/commands/add_catalogue.h"
#include "screens/screen.h"

class QLineEdit;
class QTreeView;

namespace millrace::studio {

class PaletteFilter;
class PaletteModel;

/// The list at the left: what runs here first, the rest behind "more…". Entries are dragged or added by a double click.
class PalettePanel : public Screen {
    Q_OBJECT
public:
    PalettePanel(DocumentStore& store, RunController& run, canvas::RunsHere runs, QWidget* parent = nullptr);
    QTreeView* tree() { return tree_; }

signals:
    void addWanted(const millrace::canvas::PaletteItem& entry);

protected:
    void onTheme() override { fill(); }
    void retranslate() override;

private:
    void fill();
    void filter();
    void clicked(const QModelIndex& shown);
    void addFirst();

    canvas::RunsHere runs_;
    PaletteModel* model_;
    PaletteFilter* shown_;
    QLineEdit* search_;
    QTreeView* tree_;
};

} // namespace millrace::studio
