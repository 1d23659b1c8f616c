#include "catalog/references.h"

#include <algorithm>

namespace millrace::catalog {
namespace {

struct Row {
    ComponentKind kind;
    std::string_view key; ///< a trailing dot: all keys that begin so
    RefersTo refers;
};

constexpr Row kRows[] = {
    {ComponentKind::source, "channels", {Reference::channel, ' '}},
    {ComponentKind::source, "selector.optional", {Reference::channel, ' '}},
    {ComponentKind::source, "selector.optional.", {Reference::channel, ' '}},
    {ComponentKind::source, "selector.default", {Reference::channel, ' '}},
    {ComponentKind::source, "selector.mapping.", {Reference::channel, ' '}},
    {ComponentKind::sink, "channel", {Reference::channel}},
    {ComponentKind::sinkProcessor, "sinks", {Reference::sink, ' '}},
    {ComponentKind::topic, "cluster", {Reference::cluster}},
    {ComponentKind::traffic, "topic", {Reference::topicId}},
};

} // namespace

RefersTo refersTo(ComponentKind kind, const ComponentSpec* spec, std::string_view key) {
    const auto row = std::ranges::find_if(kRows, [&](const Row& one) {
        return one.kind == kind && (one.key.ends_with('.') ? key.starts_with(one.key) : key == one.key);
    });
    if (row != std::end(kRows)) return row->refers;
    if (spec == nullptr || key.empty()) return {};
    if (key == spec->kafka.topicKey) return {Reference::topic};
    if (key == spec->kafka.topicsKey) return {Reference::topic, ','};
    return {};
}

} // namespace millrace::catalog
