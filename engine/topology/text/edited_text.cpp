#include "topology/text/edited_text.h"

#include "topology/text/edit_errors.h"

namespace millrace::topology {

Result<EditedText> applyTo(std::string_view before, const Edit& edit) {
    EditedText done;
    done.text.reserve(before.size() + 256);
    std::size_t position = 0;
    for (const Replacement& r : edit.replacements) {
        if (r.range.begin < position || r.range.end < r.range.begin || r.range.end > before.size()) {
            return refusal("bad-edit-range",
                           {std::to_string(r.range.begin), std::to_string(r.range.end), std::to_string(before.size())});
        }
        done.text.append(before, position, r.range.begin - position);
        const std::size_t begin = done.text.size();
        done.text += r.text;
        done.inverse.replacements.push_back(
            {{begin, done.text.size()}, std::string(before.substr(r.range.begin, r.range.size()))});
        position = r.range.end;
    }
    done.text.append(before, position, std::string::npos);
    for (auto rename = edit.renames.rbegin(); rename != edit.renames.rend(); ++rename) {
        done.inverse.renames.push_back({rename->to, rename->from});
    }
    return done;
}

} // namespace millrace::topology
