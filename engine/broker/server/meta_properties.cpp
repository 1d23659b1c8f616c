#include "broker/server/meta_properties.h"

#include <fmt/core.h>

#include <charconv>
#include <map>
#include <string_view>

namespace millrace::broker {

namespace {

constexpr const char* kName = "meta.properties";
constexpr std::uint64_t kMaxBytes = 64 * 1024;

std::map<std::string_view, std::string_view> entriesOf(std::string_view text) {
    std::map<std::string_view, std::string_view> entries;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        const std::size_t equals = line.find('=');
        if (!line.starts_with('#') && equals != std::string_view::npos)
            entries[line.substr(0, equals)] = line.substr(equals + 1);
    }
    return entries;
}

Error unreadable(const std::filesystem::path& path, std::string_view why) {
    return {ErrorCode::corrupt, fmt::format("{}: {}; with the file moved away the broker starts and makes up a new "
                                            "cluster id, which clients notice",
                                            path.string(), why)};
}

} // namespace

Result<std::optional<MetaProperties>> MetaProperties::read(FileSystem& disk, const std::filesystem::path& dataDir) {
    const auto path = dataDir / kName;
    const auto data = disk.readAll(path, kMaxBytes);
    if (!data && data.error().code == ErrorCode::notFound) return std::optional<MetaProperties>();
    if (!data) return data.error();
    const auto entries = entriesOf({reinterpret_cast<const char*>(data->data()), data->size()});
    const auto value = [&](std::string_view key) {
        const auto it = entries.find(key);
        return it == entries.end() ? std::string_view() : it->second;
    };
    MetaProperties properties;
    properties.clusterId = value("cluster.id");
    properties.directoryId = value("directory.id");
    if (properties.clusterId.empty()) return unreadable(path, "there is no cluster.id in it");
    // Before 3.0 Kafka called it so.
    const std::string_view node = value("node.id").empty() ? value("broker.id") : value("node.id");
    const auto [end, error] = std::from_chars(node.data(), node.data() + node.size(), properties.nodeId);
    if (error != std::errc() || end != node.data() + node.size())
        return unreadable(path, fmt::format("node.id {:?} is no number", node));
    return std::optional(std::move(properties));
}

Status MetaProperties::write(FileSystem& disk, const std::filesystem::path& dataDir) const {
    const std::string text = fmt::format("# Whose the data in this directory are, for good.\n"
                                         "version=1\ncluster.id={}\nnode.id={}\ndirectory.id={}\n",
                                         clusterId, nodeId, directoryId);
    return disk.replace(dataDir / kName, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

} // namespace millrace::broker
