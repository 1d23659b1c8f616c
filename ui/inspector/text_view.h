#pragma once

#include "inspector/text_map.h"

#include <QTimer>
#include <QWidget>

class QCompleter;
class QLabel;
class QStringListModel;

namespace millrace::studio {

class DocumentStore;
class MarginEditor;

/// The document itself as text, in both directions: what is typed becomes the smallest edit of the document, and what
/// others change appears here without moving the cursor. Undo is the document's.
class TextView : public QWidget {
    Q_OBJECT
public:
    explicit TextView(DocumentStore& store, QWidget* parent = nullptr);
    ~TextView() override;
    MarginEditor* editor() { return editor_; }
    /// Puts the cursor on the first line of a node or of one of its properties.
    void showPlace(const QString& node, const QString& property);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void takeDocument();
    void typed();
    void cursorMoved();
    void selectionFromOutside();
    void markProblems();
    bool completeKey(QKeyEvent* event);
    bool leftByClick(const QPoint& place);
    QString typedWord() const; ///< what is completed, as far as it is typed
    void offerCompletions(bool asked);
    void insertCompletion(const QString& word);
    QList<QString> editorLines() const;
    void replaceInEditor(const QList<QString>& wanted);

    DocumentStore& store_;
    MarginEditor* editor_;
    QLabel* notice_;
    QCompleter* completer_;
    QStringListModel* words_;
    TextMap map_{std::string_view{}};
    bool taking_ = false;    ///< the editor is being changed by us
    bool selecting_ = false; ///< the selection is being changed by us
    int completeFrom_ = 0;
    int mergeId_ = 0;
    QTimer pause_; ///< typing after a pause is a new undo step
};

} // namespace millrace::studio
