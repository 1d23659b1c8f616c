#include "canvas/scene/edit_chain.h"

namespace millrace::canvas {

bool EditChain::then(const Result<topology::Edit>& edit) {
    if (error_) return false;
    if (!edit) {
        error_ = edit.error();
        return false;
    }
    if (edit->empty()) return true;
    auto applied = current_.apply(*edit);
    auto total = total_.empty() ? Result<topology::Edit>(*edit) : topology::compose(base_, total_, *edit);
    if (!applied || !total) {
        error_ = !applied ? applied.error() : total.error();
        return false;
    }
    current_ = std::move(applied->document);
    total_ = std::move(*total);
    return true;
}

Result<topology::Edit> EditChain::result() const {
    if (error_) return *error_;
    return total_;
}

} // namespace millrace::canvas
