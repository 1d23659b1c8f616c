#pragma once

#include "topology/edits/draft.h"
#include "topology/graph/keys.h"

#include <set>
#include <string>
#include <vector>

namespace millrace::topology {

/// Where a component's name is mentioned outside its own keys.
enum class MentionKind { list, value, key };
struct Mention {
    const Entry* entry;
    MentionKind kind; ///< list: a word of the value; value: all of it; key: the last element of the key
};
/// All mentions of component `name` in its agent: the agent's list, `channels`, `channel`, selector lists, groups,
/// priorities. Pointers into the document.
std::vector<Mention> mentionsOf(const Document& document, std::string_view agent, Section section,
                                std::string_view name);

} // namespace millrace::topology
