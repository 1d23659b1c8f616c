#include "topology/text/text_pieces.h"

#include <algorithm>

namespace millrace::topology {

TextPieces::TextPieces(std::size_t originalSize) : originalSize_(originalSize) {
    if (originalSize > 0) pieces_.push_back({{0, originalSize}, {}});
}

void TextPieces::keep(std::vector<Piece>& into, const Piece& piece, std::size_t from, std::size_t to) const {
    if (from >= to) return;
    if (piece.text.empty()) {
        into.push_back({{piece.original.begin + from, piece.original.begin + to}, {}});
    } else {
        into.push_back({{}, piece.text.substr(from, to - from)});
    }
}

void TextPieces::apply(const std::vector<Replacement>& replacements) {
    std::vector<Piece> out;
    std::size_t index = 0, begin = 0; // piece and where it begins in the text as it is now
    const auto copyTo = [&](std::size_t from, std::size_t to, bool kept) {
        while (index < pieces_.size() && from < to) {
            const Piece& piece = pieces_[index];
            const std::size_t stop = std::min(to, begin + piece.size());
            if (kept) keep(out, piece, from - begin, stop - begin);
            from = stop;
            if (stop == begin + piece.size()) {
                begin = stop;
                ++index;
            }
        }
    };
    std::size_t position = 0;
    for (const Replacement& r : replacements) {
        copyTo(position, r.range.begin, true);
        if (!r.text.empty()) out.push_back({{}, r.text});
        copyTo(r.range.begin, r.range.end, false);
        position = r.range.end;
    }
    copyTo(position, static_cast<std::size_t>(-1), true);
    pieces_ = std::move(out);
}

std::vector<Replacement> TextPieces::against(std::string_view original) const {
    std::vector<Replacement> out;
    std::size_t position = 0;
    std::string added;
    const auto flush = [&](std::size_t until) {
        TextRange range{position, until};
        std::string_view before = original.substr(range.begin, range.size()), after = added;
        while (!before.empty() && !after.empty() && before.front() == after.front()) {
            before.remove_prefix(1);
            after.remove_prefix(1);
            ++range.begin;
        }
        while (!before.empty() && !after.empty() && before.back() == after.back()) {
            before.remove_suffix(1);
            after.remove_suffix(1);
            --range.end;
        }
        if (range.size() > 0 || !after.empty()) out.push_back({range, std::string(after)});
        added.clear();
    };
    for (const Piece& piece : pieces_) {
        if (!piece.text.empty()) {
            added += piece.text;
            continue;
        }
        flush(piece.original.begin);
        position = piece.original.end;
    }
    flush(originalSize_);
    return out;
}

} // namespace millrace::topology
