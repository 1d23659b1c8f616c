#include "document/edit_step.h"

namespace millrace::studio {

EditStep::EditStep(topology::Edit edit, const QString& label, int mergeId, Play play, CurrentDocument document)
    : QUndoCommand(label), forward_(std::move(edit)), mergeId_(mergeId), play_(std::move(play)),
      document_(std::move(document)) {}

void EditStep::redo() {
    // What could not be applied is no step: the stack deletes it.
    if (!play_(forward_, backward_, first_)) setObsolete(true);
    first_ = false;
}

void EditStep::undo() {
    topology::Edit again;
    if (!play_(backward_, again, false)) setObsolete(true);
    else forward_ = std::move(again);
}

bool EditStep::mergeWith(const QUndoCommand* later) {
    const auto* step = static_cast<const EditStep*>(later);
    if (step->isObsolete()) return false;
    // The way back is made from the document as it is now; the way forward follows from it at the next undo.
    auto back = topology::compose(document_(), step->backward_, backward_);
    if (!back) return false;
    backward_ = std::move(*back);
    return true;
}

} // namespace millrace::studio
