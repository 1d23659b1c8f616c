#include "catalog/component_spec.h"

#include <algorithm>
#include <numeric>

namespace millrace::catalog {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equalWithoutCase(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

/// Levenshtein's distance; a letter of the other case counts as a change.
std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({above + 1, row[j - 1] + 1, replaced});
            diagonal = above;
        }
    }
    return row.back();
}

/// "org.apache.flume.sink.NullSink", not "hdfs.path".
bool isClassName(std::string_view name) {
    const auto dot = name.rfind('.');
    return dot != std::string_view::npos && dot + 1 < name.size() && name[dot + 1] >= 'A' && name[dot + 1] <= 'Z';
}

/// One of them is the other with something in front: "kafka.topic" and "topic".
bool endsAlike(std::string_view a, std::string_view b) {
    const auto longer = a.size() > b.size() ? a : b, shorter = a.size() > b.size() ? b : a;
    return !shorter.empty() && longer.size() > shorter.size() && longer.ends_with(shorter) &&
           longer[longer.size() - shorter.size() - 1] == '.';
}

} // namespace

const ComponentSpec* Catalog::find(ComponentKind kind, std::string_view type) const {
    if (type.empty()) return nullptr;
    for (const ComponentSpec* spec : components_) {
        if (spec->kind != kind) continue;
        if (equalWithoutCase(spec->alias, type) || equalWithoutCase(spec->className, type)) return spec;
    }
    return nullptr;
}

bool Catalog::exactClass(const ComponentSpec& spec, std::string_view type) {
    return type == spec.className || equalWithoutCase(type, spec.alias);
}

std::vector<const ComponentSpec*> Catalog::ofKind(ComponentKind kind) const {
    std::vector<const ComponentSpec*> found;
    std::copy_if(components_.begin(), components_.end(), std::back_inserter(found),
                 [&](const ComponentSpec* spec) { return spec->kind == kind; });
    return found;
}

std::string Catalog::nearest(std::string_view word, const std::vector<std::string_view>& names) {
    // A long word is hostile input, not a misspelt name; the distance costs its length times the other's.
    constexpr std::size_t kLongestWord = 200;
    if (word.empty() || word.size() > kLongestWord) return {};
    // Classes of one project resemble each other by what stands before their own names.
    constexpr std::size_t kMostInClass = 3;
    std::string_view best, alike;
    std::size_t bestDistance = word.size() / 3 + 1;
    for (const std::string_view name : names) {
        if (equalWithoutCase(word, name)) return std::string(name);
        if (endsAlike(word, name) && name.size() > alike.size()) alike = name;
        const std::size_t distance = editDistance(word, name);
        if (distance < bestDistance && (distance <= kMostInClass || !isClassName(name))) {
            best = name;
            bestDistance = distance;
        }
    }
    return std::string(bestDistance > 2 && !alike.empty() ? alike : best);
}

} // namespace millrace::catalog
