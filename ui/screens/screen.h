#pragma once

#include <QWidget>

namespace millrace::studio {

class DocumentStore;
class RunController;
struct GraphDelta;

/// A part of the window beside the drawing. What it may hear stands here once: a screen overrides what concerns it and
/// connects to nothing of store, run, theme and language itself. GUI thread only.
class Screen : public QWidget {
    Q_OBJECT
public:
    /// `store` and `run` must outlive the screen.
    Screen(DocumentStore& store, RunController& run, QWidget* parent);

    /// How many things in it wait for somebody; stands beside its title. 0: nothing is said.
    virtual int count() const { return 0; }
    /// What stands in the corner of the row of tabs while the screen is in front there; null: nothing. Owned by the
    /// screen until it is given a parent.
    virtual QWidget* controls() { return nullptr; }
    /// Takes the controls back into the screen: the row of tabs has no room for them.
    virtual void keepControls() {}
    /// What the window calls the open document has changed.
    virtual void setDocumentName(const QString&) {}

signals:
    void countChanged();

protected:
    /// The document is another one than before: after every edit, undo and load, seen or not.
    virtual void onDelta(const GraphDelta&) {}
    /// The problems of the document are known, which they were not yet at onDelta(), seen or not.
    virtual void onChecked() {}
    /// Other nodes are selected, seen or not.
    virtual void onSelection() {}
    /// There is a newer snapshot, and somebody sees the screen; also when it comes into sight.
    virtual void onSnapshot() {}
    /// Other colours.
    virtual void onTheme() {}
    /// Sets every text, in the language in force. For the first time the screen calls it itself, when it is complete.
    virtual void retranslate() {}

    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

    DocumentStore& store_;
    RunController& run_;
};

} // namespace millrace::studio
