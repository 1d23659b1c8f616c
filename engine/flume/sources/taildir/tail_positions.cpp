#include "flume/sources/taildir/tail_positions.h"

#include <boost/json.hpp>
#include <fmt/core.h>

namespace millrace::flume {
namespace {

/// About a hundred thousand files; beyond that something else lies under this name.
constexpr std::uint64_t kLargestFile = 64ull << 20;

Error notUnderstood(const std::filesystem::path& path) {
    return {ErrorCode::corrupt, fmt::format("{} is no position file of TAILDIR", path.string()), false};
}

} // namespace

Result<std::vector<TailPosition>> readTailPositions(FileSystem& disk, const std::filesystem::path& path) {
    std::vector<TailPosition> positions;
    auto data = disk.readAll(path, kLargestFile);
    if (!data) {
        if (data.error().code == ErrorCode::notFound) return positions;
        return std::move(data).error();
    }
    boost::json::error_code problem;
    const auto value = boost::json::parse({reinterpret_cast<const char*>(data->data()), data->size()}, problem);
    if (problem || !value.is_array()) return notUnderstood(path);
    for (const auto& entry : value.get_array()) {
        if (!entry.is_object()) return notUnderstood(path);
        const auto& object = entry.get_object();
        const auto* inode = object.if_contains("inode");
        const auto* position = object.if_contains("pos");
        const auto* file = object.if_contains("file");
        if (!inode || !position || !file || !file->is_string() || !inode->is_number() || !position->is_number())
            return notUnderstood(path);
        boost::json::error_code inodeProblem, positionProblem;
        const auto inodeNumber = inode->to_number<std::uint64_t>(inodeProblem);
        const auto positionNumber = position->to_number<std::uint64_t>(positionProblem);
        if (inodeProblem || positionProblem) return notUnderstood(path);
        positions.push_back({inodeNumber, positionNumber, std::string(file->get_string())});
    }
    return positions;
}

Status writeTailPositions(FileSystem& disk, const std::filesystem::path& path,
                          const std::vector<TailPosition>& positions) {
    std::string text = "[";
    for (const auto& entry : positions) {
        if (text.size() > 1) text += ',';
        text += fmt::format("{{\"inode\":{},\"pos\":{},\"file\":{}}}", entry.inode, entry.position,
                            boost::json::serialize(boost::json::string(entry.file)));
    }
    text += ']';
    return disk.replace(path, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

} // namespace millrace::flume
