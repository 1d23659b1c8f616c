#include "topology/edits/mentions.h"

#include <algorithm>

namespace millrace::topology {
namespace {

bool listHas(const Entry& entry, std::string_view name) {
    const auto words = splitList(entry.value);
    return std::find(words.begin(), words.end(), name) != words.end();
}

bool isSelectorList(std::string_view rest) {
    return rest == "selector.default" || rest == "selector.optional" || rest.starts_with("selector.mapping.") ||
           rest.starts_with("selector.optional.");
}

} // namespace

std::vector<Mention> mentionsOf(const Document& document, std::string_view agent, Section section,
                                std::string_view name) {
    std::vector<Mention> out;
    for (const Entry& entry : document.properties().entries) {
        if (entry.ours) continue;
        const FlumeKey key = parseFlumeKey(entry.key);
        if (key.agent != agent || !key.section) continue;
        if (key.isList()) {
            if (key.section == section && listHas(entry, name)) out.push_back({&entry, MentionKind::list});
            continue;
        }
        if (section == Section::channels) {
            const bool list = key.section == Section::sources && (key.rest == "channels" || isSelectorList(key.rest));
            if (list && listHas(entry, name)) out.push_back({&entry, MentionKind::list});
            if (key.section == Section::sinks && key.rest == "channel" && entry.value == name) {
                out.push_back({&entry, MentionKind::value});
            }
        } else if (section == Section::sinks && key.section == Section::sinkgroups) {
            if (key.rest == "sinks" && listHas(entry, name)) out.push_back({&entry, MentionKind::list});
            const std::string_view priority = "processor.priority.";
            if (key.rest.starts_with(priority) && key.rest.substr(priority.size()) == name) {
                out.push_back({&entry, MentionKind::key});
            }
        }
    }
    return out;
}

} // namespace millrace::topology
