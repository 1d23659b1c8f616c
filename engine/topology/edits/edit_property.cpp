#include "topology/edits/draft.h"
#include "topology/edits/edits.h"
#include "topology/graph/keys.h"

#include "topology/edits/adoption.h"
#include "topology/text/edit_errors.h"
#include "topology/text/edited_text.h"
#include "topology/text/escapes.h"

namespace millrace::topology {

Result<Edit> setProperty(const Document& document, std::string_view fullKey, std::string_view value, bool ours) {
    MILLRACE_TRY(editable(document));
    if (trimmed(fullKey).empty()) return refusal("empty-property-key");
    if (ours && fullKey.find_first_of("= \t\r\n") != std::string_view::npos) {
        return refusal("bad-own-key", {std::string(fullKey)});
    }
    if (!ours && trimmed(value).empty()) {
        return refusal("empty-value-refused", {std::string(fullKey)});
    }
    Draft draft(document);
    draft.set(trimmed(fullKey), value, ours);
    return draft.take();
}

Result<Edit> unsetProperty(const Document& document, std::string_view fullKey, bool ours) {
    MILLRACE_TRY(editable(document));
    Draft draft(document);
    draft.unset(fullKey, ours);
    return draft.take();
}

Result<Edit> setNodeProperty(const Document& document, const NodeId& node, std::string_view key,
                             std::string_view value) {
    MILLRACE_TRY(editable(document));
    if (!parseId(node)) return refusal("not-a-node", {node});
    if (trimmed(value).empty()) return unsetNodeProperty(document, node, key);
    Draft draft(document);
    auto declared = declare(draft, node);
    MILLRACE_TRY(declared);
    draft.setAll(declared.value(), {{std::string(key), std::string(value)}});
    return draft.take();
}

Result<Edit> unsetNodeProperty(const Document& document, const NodeId& node, std::string_view key) {
    const FullKey full = fullKeyOf(node, key);
    return unsetProperty(document, full.key, full.ours);
}

Result<Edit> compose(const Document& document, const Edit& first, const Edit& second) {
    // Only the text counts here: reading what it means would cost as much as the two edits themselves.
    auto middle = applyTo(document.text(), first);
    MILLRACE_TRY(middle);
    if (auto last = applyTo(middle->text, second); !last) return last.error();
    TextPieces pieces(document.text().size());
    pieces.apply(first.replacements);
    pieces.apply(second.replacements);
    Edit edit{pieces.against(document.text()), first.renames};
    for (const Rename& rename : second.renames) {
        bool chained = false;
        for (Rename& earlier : edit.renames) {
            if (earlier.to != rename.from) continue;
            earlier.to = rename.to;
            chained = true;
        }
        if (!chained) edit.renames.push_back(rename);
    }
    std::erase_if(edit.renames, [](const Rename& rename) { return rename.from == rename.to; });
    return edit;
}

} // namespace millrace::topology
