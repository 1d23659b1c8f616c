#include "flume/runtime/directories.h"

namespace millrace::flume {

namespace {

/// By Flume's habit of names: `sink.directory`, `spoolDir`, `checkpointDir`, `dataDirs` hold directories,
/// `filegroups.x` and `positionFile` files in them.
bool namesDirectory(std::string_view key) {
    return key.ends_with("irectory") || key.ends_with("Dir") || key.ends_with("Dirs");
}

std::filesystem::path directoryOf(std::string_view key, const std::string& value) {
    const std::filesystem::path path(value);
    return namesDirectory(key) ? path : path.parent_path();
}

} // namespace

Status makeRelativeDirectories(const catalog::ComponentConfig& config, const std::filesystem::path& runDirectory,
                               FileSystem& disk) {
    Status first = ok();
    for (const auto& [key, value] : config.properties) {
        const catalog::PropertySpec* property = config.spec->property(key);
        if (!property || property->type != catalog::PropertyType::path) continue;
        if (key == "trackerDir") continue; // stands in spoolDir, and its source makes it there
        if (property->level == catalog::PropertyLevel::expert || value.empty() || value.front() == '~') continue;
        const std::filesystem::path directory = directoryOf(key, value);
        if (directory.empty() || directory.is_absolute()) continue;
        Status made = disk.makeDirectories(runDirectory / directory);
        if (!made && first) first = made.error().in(key);
    }
    return first;
}

} // namespace millrace::flume
