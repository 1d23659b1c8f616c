#include "topology/checks/reporter.h"

#include "topology/checks/diagnostic_texts.h"
#include "topology/text/escapes.h"
#include "topology/document/line_writer.h"

#include <algorithm>

namespace millrace::topology {
namespace {

TextRange rangeOf(const Site& site) {
    if (site.entry == nullptr) return {};
    const Entry& entry = *site.entry;
    if (site.part == Site::Part::line)
        return {entry.keyRange.begin, std::max(entry.valueRange.end, entry.keyRange.end)};
    const bool key = site.part == Site::Part::key || entry.valueRange.size() == 0;
    return key ? entry.keyRange : entry.valueRange;
}

/// A document full of mistakes must stay readable and cheap.
constexpr std::size_t kMostFixIts = 500;

} // namespace

const char* wordFor(Section section) {
    switch (section) {
    case Section::sources:
        return "source";
    case Section::channels:
        return "channel";
    case Section::sinks:
        return "sink";
    case Section::sinkgroups:
        return "sink group";
    case Section::configfilters:
        return "config filter";
    }
    return "";
}

void Reporter::place(Diagnostic& diagnostic, TextRange range) const {
    diagnostic.range = range;
    std::tie(diagnostic.line, diagnostic.column) = document_.lineColumn(range.begin);
}

Diagnostic& Reporter::report(Severity severity, std::string_view code, std::vector<std::string> arguments,
                             const Site& site) {
    Diagnostic diagnostic;
    diagnostic.severity = severity;
    diagnostic.code = code;
    diagnostic.message = diagnosticText(code, arguments);
    diagnostic.arguments = std::move(arguments);
    diagnostic.node = site.node;
    diagnostic.property = site.property;
    place(diagnostic, rangeOf(site));
    return diagnostics_.emplace_back(std::move(diagnostic));
}

Diagnostic& Reporter::report(const catalog::Finding& finding, const Site& site) {
    using Effect = catalog::Finding::Effect;
    Diagnostic diagnostic;
    diagnostic.severity = finding.effect == Effect::warning       ? Severity::warning
                          : finding.effect == Effect::information ? Severity::information
                                                                  : Severity::error;
    diagnostic.code = finding.code;
    diagnostic.arguments = finding.arguments;
    diagnostic.message = finding.message;
    diagnostic.node = site.node;
    diagnostic.property = site.property;
    place(diagnostic, rangeOf(site));
    return diagnostics_.emplace_back(std::move(diagnostic));
}

Diagnostic& Reporter::reportRange(Severity severity, std::string_view code, std::vector<std::string> arguments,
                                  TextRange range) {
    Diagnostic& diagnostic = report(severity, code, std::move(arguments), Site{});
    place(diagnostic, range);
    return diagnostic;
}

void Reporter::fix(Diagnostic& diagnostic, std::string_view code, std::vector<std::string> arguments,
                   std::vector<Replacement> edit) {
    FixIt fixIt;
    fixIt.code = code;
    fixIt.title = fixItText(code, arguments);
    fixIt.arguments = std::move(arguments);
    fixIt.edit.replacements = std::move(edit);
    diagnostic.fixIts.push_back(std::move(fixIt));
}

void Reporter::fixBySetting(Diagnostic& diagnostic, const std::string& fullKey, const std::string& value, bool ours) {
    if (document_.readOnly() || value.empty() || diagnostics_.size() > kMostFixIts) return;
    const Entry* entry = lastEntry(document_, fullKey, ours);
    const Replacement change =
        entry != nullptr ? replaceValue(document_, *entry, value)
                         : insertLines(document_, placeFor(document_, fullKey, ours), {{fullKey, value}}, ours);
    fix(diagnostic, "set-value", {fullKey, value}, {change});
}

void Reporter::mergeLastFixIts(Diagnostic& diagnostic) {
    if (diagnostic.fixIts.size() < 2) return;
    FixIt second = std::move(diagnostic.fixIts.back());
    diagnostic.fixIts.pop_back();
    auto& all = diagnostic.fixIts.back().edit.replacements;
    all.insert(all.end(), second.edit.replacements.begin(), second.edit.replacements.end());
    std::stable_sort(all.begin(), all.end(),
                     [](const Replacement& a, const Replacement& b) { return a.range.begin < b.range.begin; });
}

void Reporter::fixByRenaming(Diagnostic& diagnostic, const Entry& entry, std::string_view newFullKey) {
    if (document_.readOnly() || document_.find(newFullKey, entry.ours)) return;
    fix(diagnostic, "rename-key", {std::string(newFullKey)}, {{entry.keyRange, encodeKey(newFullKey)}});
}

void Reporter::fixByAdding(Diagnostic& diagnostic, const std::string& listKey, const std::string& name) {
    if (document_.readOnly() || diagnostics_.size() > kMostFixIts) return;
    const Entry* entry = lastEntry(document_, listKey, false);
    if (entry == nullptr || entry->value.empty()) {
        fixBySetting(diagnostic, listKey, name);
        return;
    }
    fix(diagnostic, "add-to-list", {name, listKey},
        {{{entry->valueRange.end, entry->valueRange.end}, " " + encodeValue(name)}});
}

std::vector<Diagnostic> Reporter::take() {
    std::stable_sort(diagnostics_.begin(), diagnostics_.end(), [](const Diagnostic& a, const Diagnostic& b) {
        return std::tie(a.range.begin, a.severity) < std::tie(b.range.begin, b.severity);
    });
    return std::move(diagnostics_);
}

} // namespace millrace::topology
