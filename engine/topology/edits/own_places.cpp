#include "topology/edits/own_places.h"

#include "topology/graph/keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace millrace::topology {
namespace {

constexpr std::string_view kKeys[] = {"positionFile", "checkpointDir", "backupCheckpointDir", "dataDirs",
                                      "sink.directory"};

std::string withoutSlash(std::string path) {
    while (path.size() > 1 && path.back() == '/')
        path.pop_back();
    return path;
}

std::set<std::string> placesIn(const Graph& graph) {
    std::set<std::string> places;
    for (const Node& node : graph.nodes) {
        if (node.spec == nullptr) continue;
        for (const std::string_view key : kKeys) {
            if (node.spec->property(key) == nullptr) continue;
            for (const std::string& path : splitOn(node.valueOr(key), ','))
                if (!path.empty()) places.insert(withoutSlash(path));
        }
    }
    return places;
}

/// Before the ending of the file's name.
std::string numbered(const std::string& path, int number) {
    const std::size_t slash = path.rfind('/');
    const std::size_t name = slash == std::string::npos ? 0 : slash + 1;
    std::size_t dot = path.rfind('.');
    if (dot == std::string::npos || dot <= name) dot = path.size();
    return fmt::format("{}-{}{}", path.substr(0, dot), number, path.substr(dot));
}

} // namespace

std::span<const std::string_view> ownPlaceKeys() {
    return kKeys;
}

std::string ownPlace(const Graph& graph, std::string_view key, const std::string& value) {
    if (std::ranges::find(kKeys, key) == std::end(kKeys)) return value;
    const std::set<std::string> taken = placesIn(graph);
    std::string own;
    bool changed = false;
    for (const std::string& path : splitOn(value, ',')) {
        std::string free = path;
        for (int number = 2; taken.contains(withoutSlash(free)); ++number)
            free = numbered(withoutSlash(path), number);
        changed = changed || free != path;
        own += (own.empty() ? "" : ",") + free;
    }
    return changed ? own : value;
}

} // namespace millrace::topology
