#include "catalog/check_support.h"
#include "catalog/flume/common_properties.h"
#include "catalog/flume/components.h"
#include "catalog/flume/shared_values.h"

#include <algorithm>
#include <string>

namespace millrace::catalog {
namespace {

constexpr auto kOwn = std::to_array<PropertySpec>({
    {.name = "filegroups",
     .type = PropertyType::list,
     .required = true,
     .help = "Names of the groups of files to follow, separated by blanks."},
    {.name = "filegroups.<group>",
     .type = PropertyType::path,
     .help = "Directory and file name pattern of this group, where only the last part of the path is a regular "
             "expression."},
    {.name = "positionFile",
     .type = PropertyType::path,
     .defaultValue = "~/.flume/taildir_position.json",
     .help = "File that keeps the reading position of each followed file and must lie in a named directory."},
    {.name = "headers.<group>.<key>",
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Header with a fixed value for every event of this group."},
    {.name = "byteOffsetHeader",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .level = PropertyLevel::advanced,
     .help = "Adds the header byteoffset, the place of the line in its file."},
    {.name = "skipToEnd",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .help = "Starts at the end of files for which no position is known."},
    {.name = "idleTimeout",
     .type = PropertyType::duration,
     .defaultValue = "120000",
     .unit = "ms",
     .level = PropertyLevel::advanced,
     .help = "A file without growth for this long is closed, and its unfinished last line delivered."},
    {.name = "writePosInterval",
     .type = PropertyType::duration,
     .defaultValue = "3000",
     .unit = "ms",
     .range = {.minimum = 1},
     .level = PropertyLevel::advanced,
     .help = "Time between two writes of the position file."},
    {.name = "batchSize",
     .type = PropertyType::integer,
     .defaultValue = "100",
     .unit = "events",
     .range = {.minimum = 1},
     .apply = ApplyClass::live,
     .help = "Lines that are put into the channels in one transaction."},
    {.name = "maxBatchCount",
     .type = PropertyType::longInteger,
     .defaultValue = "9223372036854775807",
     .level = PropertyLevel::advanced,
     .help = "Batches in a row from one file before the other files get their turn."},
    {.name = "cachePatternMatching",
     .type = PropertyType::boolean,
     .defaultValue = "true",
     .level = PropertyLevel::advanced,
     .help = "Lists a directory again only after it has changed."},
    {.name = "fileHeader",
     .type = PropertyType::boolean,
     .defaultValue = "false",
     .help = "Adds a header with the absolute path of the file."},
    {.name = "fileHeaderKey",
     .defaultValue = "file",
     .level = PropertyLevel::advanced,
     .help = "Name of the header for the path."},
});
constexpr auto kProperties = join(kSourceCommon, kOwn, kPolling);
constexpr std::string_view kHeadersOut[] = {"file", "byteoffset"};

constexpr std::string_view kGroupPrefix = "filegroups.";

/// Flume asks the path for its parent and fails on a bare name.
void checkDirectory(const PropertyReader& reader, const std::string& key, std::vector<Finding>& findings) {
    const auto path = reader.text(key);
    if (!path || path->find('/') != std::string::npos) return;
    refuse(findings, key, "taildir-no-directory", {key, *path}, "./" + *path);
}

/// `*.log` is what one types for a shell; as a regular expression it cannot even be read.
void checkWildcard(const PropertyReader& reader, const std::string& key, std::vector<Finding>& findings) {
    const std::string path = reader.textOr(key, "");
    const std::string name = path.substr(path.rfind('/') + 1);
    if (!name.starts_with('*')) return;
    std::string mended;
    for (const char c : name)
        mended += c == '*' ? ".*" : c == '.' ? "\\." : std::string(1, c);
    warn(findings, key, "taildir-shell-wildcard", {key, name, mended}, path.substr(0, path.rfind('/') + 1) + mended);
}

/// Only the last part of the path is a pattern.
void checkDirectoryWildcard(const PropertyReader& reader, const std::string& key, std::vector<Finding>& findings) {
    const std::string path = reader.textOr(key, "");
    const std::string directory = path.substr(0, path.rfind('/') + 1);
    if (directory.find('*') == std::string::npos) return;
    warn(findings, key, "taildir-directory-wildcard", {key, directory});
}

void checkGroups(const PropertyReader& reader, const std::vector<std::string>& groups, std::vector<Finding>& findings) {
    std::vector<std::string> without;
    for (const std::string& group : groups) {
        if (!reader.has(std::string(kGroupPrefix) + group)) without.push_back(group);
    }
    if (!groups.empty() && without.size() == groups.size()) {
        const std::string first = std::string(kGroupPrefix) + groups.front();
        return refuse(findings, first, "taildir-no-pattern", {first});
    }
    for (const std::string& group : without) {
        const std::string key = std::string(kGroupPrefix) + group;
        warn(findings, key, "taildir-group-without-pattern", {key, group});
    }
}

void check(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    checkDirectory(reader, "positionFile", findings);
    if (!reader.text("filegroups")) return;
    const auto groups = splitList(*reader.text("filegroups"));
    checkGroups(reader, groups, findings);
    for (const std::string& key : reader.keysBelow(kGroupPrefix)) {
        const std::string group = key.substr(kGroupPrefix.size());
        if (std::ranges::find(groups, group) == groups.end()) {
            warn(findings, key, "taildir-group-not-listed", {key, group});
        } else {
            checkDirectory(reader, key, findings);
            checkWildcard(reader, key, findings);
            checkDirectoryWildcard(reader, key, findings);
        }
    }
}

} // namespace

constinit const ComponentSpec kTaildirSource{
    .kind = ComponentKind::source,
    .alias = "TAILDIR",
    .className = "org.apache.flume.source.taildir.TaildirSource",
    .title = "TAILDIR",
    .summary = "Follows growing log files by name pattern and remembers how far it has read, even over restarts.",
    .artifact = "org.apache.flume.flume-ng-sources:flume-taildir-source",
    .properties = kProperties,
    .batchProperty = "batchSize",
    .batchDefault = "100",
    .pollable = true,
    .counters = kSourceCounters,
    .headersOut = kHeadersOut,
    .check = check,
};

} // namespace millrace::catalog
