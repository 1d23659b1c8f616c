#include "base/utf8.h"
#include "topology/checks/lint.h"

#include "topology/text/escapes.h"
#include "topology/graph/graph_builder.h"
#include "topology/document/line_writer.h"

#include <unordered_map>

namespace millrace::topology {
namespace {

/// The node that an entry belongs to, as far as its key tells.
Site siteOf(const Entry& entry, Site::Part part = Site::Part::value) {
    Site site{{}, {}, &entry, part};
    if (entry.ours) {
        const OurKey key = parseOurKey(entry.key);
        site.node = key.family == "at" ? placedId(key.id) : plainId(key.family, key.id);
        site.property = key.rest;
        return site;
    }
    const FlumeKey key = parseFlumeKey(entry.key);
    if (key.isComponent() && key.section != Section::configfilters) {
        site.node = componentId(key.agent, *key.section, key.name);
        site.property = key.rest;
    }
    return site;
}

/// By its name, as Kafka's properties and those of classes of users are not declared.
bool isSecret(const Entry& entry) {
    std::string key = entry.key;
    for (char& c : key)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return key.ends_with("password") || key.ends_with("passphrase") || key.ends_with("secret") ||
           key.ends_with("jaas.config");
}

void checkEscapes(const LintInput& input, const Entry& entry, Reporter& reporter) {
    const std::string& text = input.document.text();
    if (entry.malformedEscape != std::string::npos && !entry.ours) {
        Diagnostic& d = reporter.report(Severity::error, "file-lost-by-escape", {}, siteOf(entry));
        reporter.fix(d, "double-backslash", {}, {{{entry.malformedEscape, entry.malformedEscape}, "\\"}});
    }
    if (entry.droppedBackslash != std::string::npos) {
        const std::size_t at = entry.droppedBackslash;
        Diagnostic& d = reporter.report(Severity::warning, "dropped-backslash",
                                        {text.substr(at, 2), text.substr(at + 1, 1)}, siteOf(entry));
        std::vector<Replacement> doubled;
        // All of them in this value, since one repaired alone would still read wrong.
        for (std::size_t i = at; i < entry.valueRange.end; ++i) {
            if (text[i] != '\\') continue;
            const char next = i + 1 < text.size() ? text[i + 1] : '\n';
            if (std::string_view("\\ \t\f=:#!\"'tnrfu\r\n").find(next) == std::string_view::npos)
                doubled.push_back({{i, i}, "\\"});
            ++i;
        }
        reporter.fix(d, "double-backslash", {}, std::move(doubled));
    }
    if (entry.highBytes) {
        const std::string meant = latin1AsUtf8(entry.value);
        // Messages end up in logs and tickets.
        const std::string shown = isSecret(entry) ? "***" : entry.value;
        Diagnostic& d = reporter.report(Severity::warning, "latin1-value", {shown}, siteOf(entry));
        reporter.fix(d, "escape-characters", {}, {replaceValue(input.document, entry, meant)});
    }
}

void checkDuplicates(const LintInput& input, Reporter& reporter) {
    std::unordered_map<std::string_view, const Entry*> flume, ours;
    for (const Entry& entry : input.properties.entries)
        (entry.ours ? ours : flume)[entry.key] = &entry;
    for (const Entry& entry : input.properties.entries) {
        const Entry* last = (entry.ours ? ours : flume)[entry.key];
        if (last == &entry || entry.lines.size() == 0) continue;
        Diagnostic& d = reporter.report(Severity::warning, "duplicate-key", {std::to_string(last->line), entry.key},
                                        siteOf(entry, Site::Part::line));
        reporter.fix(d, "remove-line", {}, {{entry.lines, {}}});
    }
}

/// A `# …` behind a value that cannot contain one.
bool isTrailingComment(const LintInput& input, const Entry& entry, std::size_t& at) {
    at = entry.value.find('#');
    if (at == std::string::npos || at == 0 || (entry.value[at - 1] != ' ' && entry.value[at - 1] != '\t')) return false;
    const FlumeKey key = parseFlumeKey(entry.key);
    if (key.isList()) return true;
    const Node* node = key.isComponent() && key.section != Section::configfilters
                           ? input.graph.find(componentId(key.agent, *key.section, key.name))
                           : nullptr;
    const catalog::PropertySpec* declared =
        node != nullptr && node->spec != nullptr ? node->spec->property(key.rest) : nullptr;
    if (key.rest == "type" || key.rest == "channel" || key.rest == "channels") return true;
    if (declared == nullptr) return false;
    using Type = catalog::PropertyType;
    // Free text and patterns may well contain a number sign.
    return declared->type != Type::string && declared->type != Type::regex && declared->type != Type::password;
}

void checkTrailingComment(const LintInput& input, const Entry& entry, Reporter& reporter) {
    std::size_t at = 0;
    if (entry.ours || !isTrailingComment(input, entry, at)) return;
    const std::string comment = entry.value.substr(at);
    const std::string kept(trimmed(std::string_view(entry.value).substr(0, at)));
    Diagnostic& d = reporter.report(Severity::warning, "trailing-comment", {comment}, siteOf(entry));
    const std::string& end = input.document.style().lineEnd;
    const Replacement value = replaceValue(input.document, entry, kept);
    reporter.fix(d, "move-comment", {}, {{{entry.lines.begin, entry.lines.begin}, encodeValue(comment) + end}, value});
}

} // namespace

void lintText(const LintInput& input, Reporter& reporter) {
    const bool readByJava = input.properties.byteOrderMark && !input.entries.empty();
    if (readByJava) {
        Diagnostic& d = reporter.reportRange(Severity::warning, "byte-order-mark", {}, {0, 3});
        reporter.fix(d, "remove-byte-order-mark", {}, {{{0, 3}, {}}});
    }
    for (const TextRange& line : input.properties.unreadableOurs) {
        reporter.reportRange(Severity::warning, "our-line-unreadable", {}, line);
    }
    for (const Entry* entry : input.entries) {
        checkEscapes(input, *entry, reporter);
        checkTrailingComment(input, *entry, reporter);
        if (entry->ours && !isUtf8(entry->key + entry->value)) {
            reporter.report(Severity::warning, "our-line-not-utf8", {}, siteOf(*entry, Site::Part::line));
        }
        if (entry->value.empty()) {
            Diagnostic& d =
                reporter.report(Severity::warning, "empty-value", {entry->key}, siteOf(*entry, Site::Part::line));
            reporter.fix(d, "remove-line", {}, {{entry->lines, {}}});
        }
    }
    checkDuplicates(input, reporter);
}

} // namespace millrace::topology
