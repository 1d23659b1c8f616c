#pragma once

#include "topology/edits/edits.h"

#include <QString>

namespace millrace::canvas {

/// Several edits that become one: each is made for the document as the ones before have left it. Keeps the first error.
class EditChain {
public:
    explicit EditChain(const topology::Document& base) : base_(base), current_(base) {}

    const topology::Document& document() const { return current_; }
    /// False when this or an earlier edit failed; the chain stays as it was then.
    bool then(const Result<topology::Edit>& edit);
    /// The whole as one edit for the first document, or the error.
    Result<topology::Edit> result() const;

private:
    topology::Document base_, current_;
    topology::Edit total_;
    std::optional<Error> error_;
};

} // namespace millrace::canvas
