#pragma once

#include "topology/text/edit.h"

#include <string_view>
#include <vector>

namespace millrace::topology {

/// A text that came out of an original by replacements, kept as pieces of the original and new text between them. So a
/// chain of edits becomes one edit of the original with the smallest spans.
class TextPieces {
public:
    explicit TextPieces(std::size_t originalSize);
    /// `replacements` name ranges of the text as it is now. Precondition: rising, within it, not overlapping.
    void apply(const std::vector<Replacement>& replacements);
    /// One edit from `original` to the text as it is now.
    std::vector<Replacement> against(std::string_view original) const;

private:
    struct Piece {
        TextRange original; ///< empty for new text
        std::string text;
        std::size_t size() const { return text.empty() ? original.size() : text.size(); }
    };
    void keep(std::vector<Piece>& into, const Piece& piece, std::size_t from, std::size_t to) const;

    std::vector<Piece> pieces_;
    std::size_t originalSize_;
};

} // namespace millrace::topology
