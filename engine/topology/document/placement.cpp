#include "topology/graph/graph_builder.h"
#include "topology/graph/keys.h"
#include "topology/document/line_writer.h"

#include <algorithm>

namespace millrace::topology {
namespace {

using Entries = std::vector<Entry>;

int rank(Section section) {
    return static_cast<int>(section);
}

/// Leading elements of two dotted keys that are the same.
int commonElements(std::string_view a, std::string_view b) {
    int count = 0;
    while (!a.empty() && !b.empty()) {
        const std::string_view x = a.substr(0, a.find('.')), y = b.substr(0, b.find('.'));
        if (x != y) break;
        ++count;
        a.remove_prefix(std::min(a.size(), x.size() + 1));
        b.remove_prefix(std::min(b.size(), y.size() + 1));
    }
    return count;
}

bool blankLineBefore(std::string_view text, std::size_t offset) {
    std::size_t at = offset;
    int ends = 0;
    while (at > 0 && (text[at - 1] == '\n' || text[at - 1] == '\r' || text[at - 1] == ' ' || text[at - 1] == '\t')) {
        --at;
        const bool pair = text[at] == '\n' && at > 0 && text[at - 1] == '\r';
        if (pair) --at;
        if (text[at] == '\n' || text[at] == '\r') ++ends;
    }
    return at == 0 || ends >= 2;
}

bool hasBlankLine(std::string_view lines) {
    bool onlyBlanks = true;
    for (const char c : lines) {
        if (c == '\n' || c == '\r') {
            if (onlyBlanks) return true;
            // The second half of CRLF ends no line of its own.
            onlyBlanks = c == '\n';
        } else if (c != ' ' && c != '\t') {
            onlyBlanks = false;
        }
    }
    return false;
}

class Finder {
public:
    Finder(const Document& document, std::string_view key)
        : text_(document.text()), entries_(document.properties().entries), full_(key), key_(parseFlumeKey(key)) {}

    Place flume() const {
        if (key_.agent.empty()) return atEnd(false);
        if (key_.isComponent()) return component();
        if (key_.isList()) return list();
        const Entry* last = nullptr;
        for (const Entry& entry : entries_) {
            if (!entry.ours && parseFlumeKey(entry.key).agent == key_.agent) last = &entry;
        }
        return last != nullptr ? after(*last) : atEnd(true);
    }

    Place ours() const {
        const OurKey key = parseOurKey(full_);
        if (const Entry* placed = key.family == "at" ? besideWhat(key.id) : nullptr) return after(*placed);
        const Entry *owner = nullptr, *earlier = nullptr, *first = nullptr;
        int best = 0, bestRank = -1;
        for (const Entry& entry : entries_) {
            if (!entry.ours) continue;
            const OurKey other = parseOurKey(entry.key);
            if (first == nullptr) first = &entry;
            const bool same = other.family == key.family && (key.family == "at" || other.id == key.id);
            const int common = same ? commonElements(other.rest, key.rest) + 1 : 0;
            if (same && common >= best) {
                owner = &entry;
                best = common;
            }
            const int otherRank = familyRank(other.family);
            if (otherRank <= familyRank(key.family) && otherRank >= bestRank) {
                earlier = &entry;
                bestRank = otherRank;
            }
        }
        if (owner != nullptr) return after(*owner);
        if (earlier != nullptr) return after(*earlier);
        if (first != nullptr) return {first->lines.begin, nullptr, false, false};
        return top();
    }

private:
    /// The line that a position goes behind when it is to stand beside what it places: always for what is ours, for a
    /// component only where the file has that habit.
    const Entry* besideWhat(std::string_view what) const {
        const std::string id = placedId(what);
        const KeyPrefix prefix = prefixOf(id);
        const auto parts = parseId(id);
        if (!parts || parts->kind == NodeKind::agent || (!parts->agent.empty() && !placesStandBeside())) return nullptr;
        const Entry* last = nullptr;
        for (const Entry& entry : entries_) {
            if (entry.ours == prefix.ours && entry.key.starts_with(prefix.prefix)) last = &entry;
        }
        return last;
    }

    bool placesStandBeside() const {
        bool flumeSeen = false;
        for (const Entry& entry : entries_) {
            if (!entry.ours) flumeSeen = true;
            if (flumeSeen && entry.ours && entry.key.starts_with("at.agent.")) return true;
        }
        return false;
    }

    /// Behind a component and the line with its position.
    Place afterBlock(const Entry& entry) const {
        Place place = after(entry, separatesBlocks());
        for (const Entry& next : entries_) {
            if (next.ours && next.lines.begin == place.offset && next.key.starts_with("at."))
                place.offset = next.lines.end;
        }
        return place;
    }

    static Place after(const Entry& entry, bool separated = false) {
        return {entry.lines.end, &entry, separated, false};
    }

    /// `#@` lines stand at the top; a byte order mark has spoilt the first line and stays before.
    Place top() const {
        const bool mark = text_.starts_with("\xEF\xBB\xBF");
        std::size_t offset = 0;
        if (mark) {
            offset = text_.find_first_of("\r\n");
            offset = offset == std::string_view::npos ? text_.size() : offset + 1;
            if (!entries_.empty() && entries_.front().lines.begin == 0) offset = entries_.front().lines.end;
        }
        const bool blankFollows = offset >= text_.size() || text_[offset] == '\n' || text_[offset] == '\r';
        return {offset, nullptr, false, !blankFollows};
    }

    Place atEnd(bool separated) const {
        const Entry* model = nullptr;
        for (const Entry& entry : entries_) {
            if (!entry.ours) model = &entry;
        }
        return {text_.size(), model, separated, false};
    }

    Place component() const {
        const Entry *first = nullptr, *last = nullptr, *beforeLast = nullptr, *relative = nullptr;
        int best = 0;
        for (const Entry& entry : entries_) {
            if (entry.ours || !belongs(entry)) continue;
            if (first == nullptr) first = &entry;
            beforeLast = last;
            last = &entry;
            const int common = commonElements(parseFlumeKey(entry.key).rest, key_.rest);
            if (common > 0 && common >= best) {
                relative = &entry;
                best = common;
            }
        }
        if (first == nullptr) return newComponent();
        if (key_.rest == "type") return {first->lines.begin, first, false, false};
        if (relative != nullptr) return after(*relative);
        const std::string_view lastRest = parseFlumeKey(last->key).rest;
        // By habit the channels stand last; a new property goes before them.
        const bool channelsLast = lastRest == "channels" || lastRest == "channel";
        if (channelsLast && beforeLast != nullptr && beforeLast->lines.end <= last->lines.begin)
            return after(*beforeLast);
        return after(*last);
    }

    bool belongs(const Entry& entry) const {
        const FlumeKey other = parseFlumeKey(entry.key);
        return other.agent == key_.agent && other.section == key_.section && other.name == key_.name && !other.isList();
    }

    /// Behind the agent's other components of this kind, or of the kind before; lists come first of all.
    Place newComponent() const {
        const Entry *best = nullptr, *firstLater = nullptr;
        int bestRank = -1;
        for (const Entry& entry : entries_) {
            if (entry.ours) continue;
            const FlumeKey other = parseFlumeKey(entry.key);
            if (other.agent != key_.agent) continue;
            const int otherRank = other.isComponent() ? 1 + rank(*other.section) : other.isList() ? 0 : -1;
            if (otherRank <= 1 + rank(*key_.section) && otherRank >= bestRank) {
                best = &entry;
                bestRank = otherRank;
            } else if (firstLater == nullptr && otherRank > 0) {
                firstLater = &entry;
            }
        }
        if (best != nullptr) return afterBlock(*best);
        if (firstLater != nullptr) return {firstLater->lines.begin, firstLater, false, false};
        return atEnd(true);
    }

    Place list() const {
        const Entry *best = nullptr, *first = nullptr;
        for (const Entry& entry : entries_) {
            if (entry.ours) continue;
            const FlumeKey other = parseFlumeKey(entry.key);
            if (other.agent != key_.agent) continue;
            if (first == nullptr) first = &entry;
            if (other.isList() && rank(*other.section) <= rank(*key_.section)) best = &entry;
        }
        if (best != nullptr) return after(*best);
        if (first != nullptr) return {first->lines.begin, first, false, false};
        return atEnd(true);
    }

    /// Most components of this agent (else of the file) have something blank between them.
    bool separatesBlocks() const {
        int all[2] = {0, 0}, own[2] = {0, 0};
        const Entry* previous = nullptr;
        for (const Entry& entry : entries_) {
            if (entry.ours) continue;
            const FlumeKey now = parseFlumeKey(entry.key);
            if (previous != nullptr) {
                const FlumeKey then = parseFlumeKey(previous->key);
                const bool boundary = then.agent == now.agent && now.isComponent() &&
                                      (then.section != now.section || then.name != now.name);
                if (boundary) {
                    const bool gap =
                        hasBlankLine(text_.substr(previous->lines.end, entry.lines.begin - previous->lines.end));
                    ++all[gap ? 1 : 0];
                    if (now.agent == key_.agent) ++own[gap ? 1 : 0];
                }
            }
            previous = &entry;
        }
        return own[0] + own[1] > 0 ? own[1] > own[0] : all[1] > all[0];
    }

    std::string_view text_;
    const Entries& entries_;
    std::string_view full_;
    FlumeKey key_;
};

} // namespace

Place placeFor(const Document& document, std::string_view key, bool ours) {
    const Finder finder(document, key);
    Place place = ours ? finder.ours() : finder.flume();
    if (place.blankBefore && blankLineBefore(document.text(), place.offset)) place.blankBefore = false;
    return place;
}

} // namespace millrace::topology
