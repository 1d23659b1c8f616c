#include "storage/leader_epochs.h"

#include <algorithm>
#include <charconv>
#include <fmt/core.h>

namespace millrace::storage {

namespace {

constexpr std::uint64_t kLimitBytes = 1024 * 1024;
constexpr std::int64_t kVersion = 0;

/// Takes a number and the one character behind it off the front of `text`.
template <typename Number>
bool take(std::string_view& text, Number& value, char behind) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end == text.data() + text.size() || *end != behind) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
    return true;
}

} // namespace

bool LeaderEpochs::assign(std::int32_t epoch, std::int64_t offset) {
    if (epoch < 0) return false;
    const std::size_t before = entries_.size();
    while (!entries_.empty() && (entries_.back().epoch > epoch || entries_.back().startOffset > offset))
        entries_.pop_back();
    const bool isNew = entries_.empty() || entries_.back().epoch < epoch;
    if (!isNew) return entries_.size() != before;
    // An epoch that wrote nothing is none.
    if (!entries_.empty() && entries_.back().startOffset == offset) entries_.pop_back();
    entries_.push_back({epoch, offset});
    return true;
}

bool LeaderEpochs::cutFrom(std::int64_t offset) {
    return std::erase_if(entries_, [offset](const Entry& entry) { return entry.startOffset >= offset; }) > 0;
}

bool LeaderEpochs::cutBefore(std::int64_t offset) {
    const auto behind =
        std::find_if(entries_.begin(), entries_.end(), [offset](const Entry& e) { return e.startOffset > offset; });
    if (behind == entries_.begin()) return false;
    const auto first = std::prev(behind); // the epoch that `offset` is of
    if (first == entries_.begin() && first->startOffset == offset) return false;
    first->startOffset = offset;
    entries_.erase(entries_.begin(), first);
    return true;
}

std::optional<std::int32_t> LeaderEpochs::latest() const {
    return entries_.empty() ? std::nullopt : std::optional(entries_.back().epoch);
}

LeaderEpochs::End LeaderEpochs::endOf(std::int32_t epoch, std::int64_t logEnd) const {
    if (epoch < 0 || entries_.empty()) return {};
    if (epoch == entries_.back().epoch) return {epoch, logEnd};
    const auto next =
        std::find_if(entries_.begin(), entries_.end(), [epoch](const Entry& entry) { return entry.epoch > epoch; });
    if (next == entries_.end()) return {};
    return {next == entries_.begin() ? epoch : std::prev(next)->epoch, next->startOffset};
}

std::string leaderEpochsText(const LeaderEpochs& epochs) {
    std::string text = fmt::format("{}\n{}\n", kVersion, epochs.entries().size());
    for (const auto& entry : epochs.entries())
        text += fmt::format("{} {}\n", entry.epoch, entry.startOffset);
    return text;
}

std::optional<LeaderEpochs> parseLeaderEpochs(std::string_view text) {
    std::int64_t version = -1;
    std::size_t count = 0;
    if (!take(text, version, '\n') || version != kVersion || !take(text, count, '\n')) return std::nullopt;
    LeaderEpochs epochs;
    for (std::size_t i = 0; i < count; ++i) {
        LeaderEpochs::Entry entry;
        if (!take(text, entry.epoch, ' ') || !take(text, entry.startOffset, '\n')) return std::nullopt;
        if (entry.startOffset < 0 || !epochs.assign(entry.epoch, entry.startOffset)) return std::nullopt;
        if (epochs.entries().size() != i + 1) return std::nullopt;
    }
    return text.empty() ? std::optional(std::move(epochs)) : std::nullopt;
}

Status writeLeaderEpochs(FileSystem& disk, const std::filesystem::path& directory, const LeaderEpochs& epochs) {
    const std::string text = leaderEpochsText(epochs);
    MILLRACE_TRY(
        disk.replace(directory / kLeaderEpochsName, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}));
    return disk.syncDirectory(directory);
}

Result<std::optional<LeaderEpochs>> readLeaderEpochs(FileSystem& disk, const std::filesystem::path& directory) {
    const auto data = disk.readAll(directory / kLeaderEpochsName, kLimitBytes);
    if (!data && data.error().code == ErrorCode::io) return data.error();
    if (!data) return std::optional<LeaderEpochs>();
    return parseLeaderEpochs({reinterpret_cast<const char*>(data->data()), data->size()});
}

} // namespace millrace::storage
