#include "catalog/property_pattern.h"

#include <utility>

namespace millrace::catalog {
namespace {

/// First element and what follows its dot; `last` tells that nothing follows.
struct Split {
    std::string_view head, tail;
    bool last = false;
};

Split split(std::string_view name) {
    const auto dot = name.find('.');
    if (dot == std::string_view::npos) return {name, {}, true};
    return {name.substr(0, dot), name.substr(dot + 1), false};
}

bool isPlaceholder(std::string_view element) {
    return element.starts_with('<') && element.ends_with('>');
}

} // namespace

bool matchesPattern(std::string_view pattern, std::string_view key) {
    if (key.empty()) return false;
    const Split wanted = split(pattern), given = split(key);
    const bool any = isPlaceholder(wanted.head);
    if (wanted.last) return any || wanted.head == "*" || pattern == key;
    if (given.last || given.head.empty() || (!any && wanted.head != given.head)) return false;
    return matchesPattern(wanted.tail, given.tail);
}

std::string fillPattern(std::string_view pattern, std::string_view key) {
    if (key.empty()) return {};
    const Split wanted = split(pattern), given = split(key);
    const bool any = isPlaceholder(wanted.head) || wanted.head == "*";
    if (wanted.last) {
        if (any) return std::string(key);
        return given.last ? std::string(pattern) : std::string();
    }
    if (given.last) return {};
    const std::string rest = fillPattern(wanted.tail, given.tail);
    if (rest.empty()) return {};
    return std::string(any ? given.head : wanted.head) + "." + rest;
}

} // namespace millrace::catalog
