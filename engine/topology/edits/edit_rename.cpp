#include "topology/edits/draft.h"
#include "topology/edits/edits.h"
#include "topology/text/escapes.h"
#include "topology/edits/mentions.h"
#include "topology/text/edit_errors.h"

#include <algorithm>
#include <map>

namespace millrace::topology {
namespace {

/// Replacements by place; two that name the same place are one.
class Changes {
public:
    explicit Changes(const Document& document) : document_(document) {}

    /// Replaces [at, at + size) of the entry's key by `text`.
    void key(const Entry& entry, std::size_t at, std::size_t size, std::string_view text) {
        const bool plain = entry.keyRange.size() == entry.key.size();
        if (plain) {
            put({entry.keyRange.begin + at, entry.keyRange.begin + at + size},
                entry.ours ? std::string(text) : encodeKey(text));
            return;
        }
        std::string whole = entry.key;
        whole.replace(at, size, text);
        put(entry.keyRange, encodeKey(whole));
    }

    void value(const Entry& entry, std::string_view text) {
        const Replacement r = replaceValue(document_, entry, text);
        put(r.range, r.text);
    }

    /// One word of a list, at its own place where the text allows.
    void word(const Entry& entry, std::string_view old, std::string_view fresh) {
        const std::string raw = document_.text().substr(entry.valueRange.begin, entry.valueRange.size());
        if (raw.find('\\') != std::string::npos || raw.size() != entry.value.size()) {
            auto words = splitList(entry.value);
            std::string joined;
            for (const std::string& w : words)
                joined += (joined.empty() ? "" : " ") + (w == old ? std::string(fresh) : w);
            value(entry, joined);
            return;
        }
        const auto blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
        for (std::size_t at = raw.find(old); at != std::string::npos; at = raw.find(old, at + old.size())) {
            const std::size_t end = at + old.size();
            if ((at > 0 && !blank(raw[at - 1])) || (end < raw.size() && !blank(raw[end]))) continue;
            put({entry.valueRange.begin + at, entry.valueRange.begin + end}, encodeValue(fresh));
        }
    }

    /// `${old…` in values, where the name of another property begins with the renamed prefix.
    void references(std::string_view oldPrefix, std::string_view newPrefix) {
        const std::string wanted = "${" + std::string(oldPrefix);
        for (const Entry& entry : document_.properties().entries) {
            if (entry.ours || entry.value.find(wanted) == std::string::npos) continue;
            const std::string raw = document_.text().substr(entry.valueRange.begin, entry.valueRange.size());
            for (std::size_t at = raw.find(wanted); at != std::string::npos; at = raw.find(wanted, at + 2)) {
                const std::size_t begin = entry.valueRange.begin + at + 2;
                put({begin, begin + oldPrefix.size()}, std::string(newPrefix));
            }
        }
    }

    std::vector<Replacement> take() {
        std::vector<Replacement> out;
        for (auto& [begin, replacement] : byPlace_) {
            if (out.empty() || out.back().range.end <= begin) out.push_back(std::move(replacement));
        }
        return out;
    }

private:
    void put(TextRange range, std::string text) {
        byPlace_.insert_or_assign(range.begin, Replacement{range, std::move(text)});
    }
    const Document& document_;
    std::map<std::size_t, Replacement> byPlace_;
};

class Renamer {
public:
    Renamer(const Document& document, const Node& node, std::string_view name)
        : document_(document), node_(node), new_(name), changes_(document) {}

    Edit run() {
        switch (node_.kind) {
        case NodeKind::agent:
            agent();
            break;
        case NodeKind::topic:
            topic();
            break;
        case NodeKind::cluster:
            valuesOf("topic.", ".cluster");
            break;
        case NodeKind::traffic:
        case NodeKind::note:
            break;
        default:
            component();
            break;
        }
        if (!node_.implied) prefix(prefixOf(node_.id));
        place();
        Edit edit{changes_.take(), {}};
        renames(edit);
        return edit;
    }

private:
    void prefix(const KeyPrefix& prefix) {
        const std::size_t at = prefix.prefix.size() - 1 - node_.name.size();
        for (const Entry& entry : document_.properties().entries) {
            if (entry.ours == prefix.ours && entry.key.starts_with(prefix.prefix))
                changes_.key(entry, at, node_.name.size(), new_);
        }
        if (!prefix.ours) {
            changes_.references(prefix.prefix, prefix.prefix.substr(0, at) + new_ + ".");
        }
    }

    void place() {
        const std::string what = "at." + placeKeyOf(node_.id);
        if (node_.kind == NodeKind::sinkGroup) return;
        for (const Entry& entry : document_.properties().entries) {
            const bool part = node_.kind == NodeKind::agent && entry.key.starts_with(what + ".");
            if (entry.ours && (entry.key == what || part)) {
                changes_.key(entry, what.size() - node_.name.size(), node_.name.size(), new_);
            }
        }
    }

    void agent() {
        const std::string ours = "agent." + node_.name + ".";
        for (const Entry& entry : document_.properties().entries) {
            if (entry.ours && entry.key.starts_with(ours)) changes_.key(entry, 6, node_.name.size(), new_);
        }
    }

    void component() {
        for (const Mention& m : mentionsOf(document_, node_.agent, sectionFor(node_.kind), node_.name)) {
            if (m.kind == MentionKind::list) changes_.word(*m.entry, node_.name, new_);
            if (m.kind == MentionKind::value) changes_.value(*m.entry, new_);
            if (m.kind == MentionKind::key) {
                changes_.key(*m.entry, m.entry->key.size() - node_.name.size(), node_.name.size(), new_);
            }
        }
    }

    /// `#@` values of prefix*suffix that name this node.
    void valuesOf(std::string_view start, std::string_view end) {
        for (const Entry& entry : document_.properties().entries) {
            if (entry.ours && entry.key.starts_with(start) && entry.key.ends_with(end) && entry.value == node_.name) {
                changes_.value(entry, new_);
            }
        }
    }

    void topic() {
        valuesOf("traffic.", ".topic");
        // With a name of its own only the id changes; else the id is the topic's name in Kafka.
        const bool named = !node_.implied && node_.property("name") != nullptr;
        if (named) return;
        const std::string old = node_.valueOr("name", node_.name);
        for (const Wire& wire : document_.graph().wires) {
            if (wire.from != node_.id && wire.to != node_.id) continue;
            const Node* user = document_.graph().find(wire.from == node_.id ? wire.to : wire.from);
            if (user == nullptr || user->spec == nullptr) continue;
            const catalog::KafkaUse& kafka = user->spec->kafka;
            if (!kafka.topicKey.empty()) userValue(fullKeyOf(user->id, kafka.topicKey).key, new_);
            if (kafka.topicsKey.empty() || user->property(kafka.topicsKey) == nullptr) continue;
            std::string joined;
            for (const std::string& t : splitOn(user->valueOr(kafka.topicsKey), ',')) {
                joined += (joined.empty() ? "" : ", ") + (t == old ? new_ : t);
            }
            userValue(fullKeyOf(user->id, kafka.topicsKey).key, joined);
        }
    }

    void userValue(const std::string& key, const std::string& value) {
        if (const Entry* entry = lastEntry(document_, key, false)) changes_.value(*entry, value);
    }

    void renames(Edit& edit) const {
        if (node_.kind == NodeKind::agent) {
            for (const Node* part : document_.graph().partsOf(node_.name)) {
                edit.renames.push_back({part->id, componentId(new_, sectionFor(part->kind), part->name)});
            }
        }
        const NodeId to = node_.agent.empty() ? plainId(toString(node_.kind), new_)
                                              : componentId(node_.agent, sectionFor(node_.kind), new_);
        edit.renames.push_back({node_.id, to});
    }

    const Document& document_;
    const Node& node_;
    std::string new_;
    Changes changes_;
};

} // namespace

Result<Edit> rename(const Document& document, const NodeId& id, std::string_view newName) {
    MILLRACE_TRY(editable(document));
    const Node* node = document.graph().find(id);
    if (node == nullptr) return noSuchNode(id);
    if (node->name == newName) return Edit{};
    const bool topicName = node->kind == NodeKind::topic && node->implied;
    if (!topicName || newName.empty()) MILLRACE_TRY(checkName(newName));
    if (node->implied && node->kind == NodeKind::cluster) {
        return refusal("cluster-named-by-address");
    }
    const NodeId taken = node->agent.empty() ? plainId(toString(node->kind), newName)
                                             : componentId(node->agent, sectionFor(node->kind), newName);
    if (document.graph().find(taken) != nullptr) {
        return nameTaken(newName);
    }
    return Renamer(document, *node, newName).run();
}

} // namespace millrace::topology
