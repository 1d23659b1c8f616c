#pragma once

#include "topology/edits/edits.h"

#include <QUndoCommand>

#include <functional>

namespace millrace::studio {

/// One text edit on the undo stack. Constructing it changes nothing; pushing runs it.
class EditStep : public QUndoCommand {
public:
    /// Applies an edit and gives its inverse; `first` when it is pushed, not redone. False: nothing changed.
    using Play = std::function<bool(const topology::Edit& edit, topology::Edit& inverse, bool first)>;
    using CurrentDocument = std::function<topology::Document()>;
    /// `mergeId` 0: never joined with the step before.
    EditStep(topology::Edit edit, const QString& label, int mergeId, Play play, CurrentDocument document);

    void redo() override;
    void undo() override;
    int id() const override { return mergeId_ == 0 ? -1 : mergeId_; }
    bool mergeWith(const QUndoCommand* later) override;

private:
    topology::Edit forward_, backward_;
    int mergeId_;
    bool first_ = true;
    Play play_;
    CurrentDocument document_;
};

} // namespace millrace::studio
