#pragma once

#include "document/graph_difference.h"
#include "topology/document/document.h"
#include "topology/edits/edits.h"

#include <QObject>
#include <QSet>
#include <QString>
#include <QUndoStack>

#include <cstdint>
#include <vector>

namespace millrace::studio {

class DocumentChecker;

/// The open document, its undo stack and what is selected in it: the one thing that canvas, inspector, text view and
/// problem list share. They ask it and listen; none knows another. GUI thread only.
class DocumentStore : public QObject {
    Q_OBJECT
public:
    explicit DocumentStore(QObject* parent = nullptr);
    /// With another catalog than Flume's; it must outlive the store.
    explicit DocumentStore(const catalog::Catalog& catalog, QObject* parent = nullptr);
    ~DocumentStore() override;

    const topology::Document& document() const { return document_; }
    const topology::Graph& graph() const { return document_.graph(); }
    QUndoStack& undoStack() { return undo_; }

    /// The newest document whose problems are known. A big one is checked aside while it is edited, so that nobody
    /// waits at a key for it; until checked() it is the one before then.
    const topology::Document& checkedDocument() const { return checked_; }
    const std::vector<topology::Diagnostic>& diagnostics() const { return checked_.diagnostics(); }
    /// diagnostics() are those of document().
    bool isChecked() const { return revision_ == checkedRevision_; }
    /// Waits until they are: for what must not go by the problems of an older text.
    void finishChecking();

    /// Replaces everything, forgets undo; `path` empty = untitled.
    void load(std::string text, const QString& path);
    /// False: nothing changed and `error` (may be null) says why.
    bool open(const QString& path, QString* error);
    bool save(const QString& path, QString* error);
    QString path() const { return path_; }
    /// File name, or "untitled" in the user's language.
    QString displayName() const;
    bool isModified() const { return !undo_.isClean(); }
    bool readOnly() const { return document_.readOnly(); }

    /// Applies an edit as one undo step called `label`; an empty edit does nothing. Consecutive edits with the same
    /// non-zero `mergeId` become one step (typing in one field, dragging). The edit must be made for the document as it
    /// is now; what cannot be applied is refused().
    void push(const topology::Edit& edit, const QString& label, int mergeId = 0);
    /// The same for what the edit functions return; a refusal is shown by whoever listens to refused().
    bool push(const Result<topology::Edit>& edit, const QString& label, int mergeId = 0);

    const QSet<QString>& selection() const { return selection_; } ///< node ids
    /// Ids that are not in the document are left out.
    void select(const QSet<QString>& nodes);
    /// The one selected node, or null. Valid until the next change.
    const topology::Node* selectedNode() const;

    /// Asks whoever can to show a place: canvas scrolls to the node, inspector opens the field, text view the line.
    void reveal(const QString& node, const QString& property = {});

signals:
    /// After every change of the text, with the edit that led here (its renames keep items alive) and what it did to
    /// the drawing; after load() an edit without replacements.
    void changed(const topology::Edit& edit, const GraphDelta& delta);
    /// isChecked() again, which it was not at changed().
    void checked();
    void selectionChanged();
    void pathChanged();
    void modifiedChanged();
    void refused(const QString& reason);
    void revealRequested(const QString& node, const QString& property);

private:
    enum class Because { edited, undone };
    /// Applies `edit`; `inverse` undoes it. After an undo or redo the nodes that it touched are selected, so that one
    /// sees what happened; of a rename only what has the new name.
    bool replay(const topology::Edit& edit, topology::Edit& inverse, Because because);
    void keepSelection(const topology::Edit& edit);
    /// At once what is small, aside what is big.
    void startChecking();
    void takeChecked();

    /// Bytes of text whose check is not felt: about 3 ms.
    static constexpr std::size_t kCheckedAtOnce = 24 * 1024;

    topology::Document document_;
    topology::Document checked_; ///< its problems are worked out
    std::int64_t revision_ = 0, checkedRevision_ = 0;
    DocumentChecker* checker_ = nullptr; ///< made when it is needed
    QUndoStack undo_;
    QSet<QString> selection_;
    QString path_;
};

} // namespace millrace::studio
