#include "topology/edits/draft.h"

#include "base/assertion.h"
#include "topology/graph/keys.h"
#include "topology/text/edit_errors.h"
#include "topology/text/escapes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace millrace::topology {

namespace {

/// Whole lines that stood between two blank lines take the one before with them; so what was added goes without trace.
TextRange withSpareBlankLine(const Document& document, TextRange range, std::size_t floor) {
    const std::string& text = document.text();
    const auto& starts = document.properties().lineStarts;
    const auto blank = [&text](std::size_t begin, std::size_t end) {
        return text.find_first_not_of(" \t\r\n\f", begin) >= end;
    };
    const auto line = static_cast<std::size_t>(document.properties().lineOf(range.begin)) - 1;
    if (line == 0 || starts[line] != range.begin || starts[line - 1] < floor) return range;
    if (!blank(starts[line - 1], range.begin)) return range;
    const auto next = static_cast<std::size_t>(document.properties().lineOf(range.end));
    const std::size_t nextEnd = next < starts.size() ? starts[next] : text.size();
    if (blank(range.end, nextEnd)) range.begin = starts[line - 1];
    return range;
}

} // namespace

Draft::Draft(const Document& document) : original_(document.text()), now_(document), pieces_(document.text().size()) {}

void Draft::change(std::vector<Replacement> replacements) {
    if (replacements.empty()) return;
    now();
    pieces_.apply(replacements);
    step_ = std::move(replacements);
}

const Document& Draft::now() const {
    if (step_.empty()) return now_;
    auto applied = now_.apply(Edit{std::exchange(step_, {}), {}});
    MILLRACE_ASSERT(applied.has_value(), "a step of an edit does not fit the text");
    return now_ = std::move(applied.value().document);
}

void Draft::set(std::string_view key, std::string_view value, bool ours) {
    const Entry* entry = lastEntry(now(), key, ours);
    if (entry != nullptr && entry->value == trimmed(value) && entry->malformedEscape == std::string::npos) return;
    if (entry != nullptr) {
        change({replaceValue(now(), *entry, trimmed(value))});
        return;
    }
    insertTogether({{std::string(key), std::string(trimmed(value))}}, ours);
}

void Draft::insertTogether(const std::vector<KeyValue>& lines, bool ours) {
    if (lines.empty()) return;
    const auto& entries = now().properties().entries;
    const bool firstOurs = ours && std::none_of(entries.begin(), entries.end(), [](const Entry& e) { return e.ours; });
    std::vector<KeyValue> all = lines;
    if (firstOurs && lines.front().first != "version") all.insert(all.begin(), {"version", "1"});
    change({insertLines(now(), placeFor(now(), lines.front().first, ours), all, ours)});
}

void Draft::setAll(const NodeId& node, const std::vector<KeyValue>& values) {
    for (const auto& [key, value] : values) {
        const FullKey full = fullKeyOf(node, key);
        set(full.key, value, full.ours);
    }
}

void Draft::unset(std::string_view key, bool ours) {
    removeEntries([&](const Entry& entry) { return entry.ours == ours && entry.key == key; });
}

void Draft::removeEntries(const std::function<bool(const Entry&)>& which) {
    std::vector<Replacement> out;
    for (const Entry& entry : now().properties().entries) {
        if (!which(entry)) continue;
        if (!out.empty() && out.back().range.end == entry.lines.begin) {
            out.back().range.end = entry.lines.end;
        } else {
            out.push_back({entry.lines, {}});
        }
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::size_t floor = i == 0 ? 0 : out[i - 1].range.end;
        out[i].range = withSpareBlankLine(now(), out[i].range, floor);
    }
    change(std::move(out));
}

void Draft::removeFromList(std::string_view key, const std::set<std::string>& names) {
    if (const Entry* entry = lastEntry(now(), key, false)) change(withoutNames(now(), *entry, names));
}

void Draft::addToList(std::string_view key, std::string_view name) {
    const Entry* entry = lastEntry(now(), key, false);
    if (entry == nullptr || entry->value.empty()) {
        set(key, name);
        return;
    }
    const auto names = splitList(entry->value);
    if (std::find(names.begin(), names.end(), name) != names.end()) return;
    change({{{entry->valueRange.end, entry->valueRange.end}, " " + encodeValue(name)}});
}

void Draft::renamed(NodeId from, NodeId to) {
    renames_.push_back({std::move(from), std::move(to)});
}

Edit Draft::take() {
    return Edit{pieces_.against(original_), std::move(renames_)};
}

Status editable(const Document& document) {
    if (!document.readOnly()) return ok();
    return refusal("document-read-only", {document.find("version", true)->value}, ErrorCode::unsupported);
}

std::vector<Replacement> withoutNames(const Document& document, const Entry& entry,
                                      const std::set<std::string>& names) {
    std::vector<std::string> kept = splitList(entry.value);
    const std::size_t before = kept.size();
    std::erase_if(kept, [&names](const std::string& name) { return names.contains(name); });
    if (kept.size() == before) return {};
    if (kept.empty()) return {{entry.lines, {}}};
    const std::string raw = document.text().substr(entry.valueRange.begin, entry.valueRange.size());
    if (raw.find('\\') != std::string::npos)
        return {replaceValue(document, entry, fmt::format("{}", fmt::join(kept, " ")))};
    // Each name goes with the blanks before it, the first ones with those behind.
    std::vector<Replacement> out;
    bool anyKept = false;
    for (std::size_t at = 0; at < raw.size();) {
        const std::size_t blanks = at;
        while (at < raw.size() && static_cast<unsigned char>(raw[at]) <= ' ')
            ++at;
        const std::size_t word = at;
        while (at < raw.size() && static_cast<unsigned char>(raw[at]) > ' ')
            ++at;
        if (word == at) break;
        const bool gone = names.contains(decodeProperties(std::string_view(raw).substr(word, at - word)));
        if (!gone) {
            anyKept = true;
            continue;
        }
        std::size_t end = at;
        if (!anyKept) {
            while (end < raw.size() && static_cast<unsigned char>(raw[end]) <= ' ')
                ++end;
        }
        const std::size_t begin = anyKept ? blanks : word;
        out.push_back({{entry.valueRange.begin + begin, entry.valueRange.begin + end}, {}});
        at = end;
    }
    return out;
}

} // namespace millrace::topology
