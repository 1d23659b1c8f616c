#include "broker/journal.h"

#include "wire/big_endian.h"
#include "wire/crc32c.h"

#include <array>

namespace millrace::broker {

namespace {

constexpr std::size_t kPrefixBytes = 8;
constexpr std::uint64_t kMaxFileBytes = 1ull << 30;

std::array<std::uint8_t, kPrefixBytes> prefixOf(std::span<const std::uint8_t> content) {
    std::array<std::uint8_t, kPrefixBytes> prefix{};
    wire::storeBigEndian(prefix.data(), static_cast<std::uint32_t>(content.size()));
    wire::storeBigEndian(prefix.data() + 4, wire::crc32c(content));
    return prefix;
}

std::filesystem::path besideOf(std::filesystem::path path) {
    return path += ".new";
}

/// The content of the entry at the start of `data`; empty when it is torn or damaged.
std::span<const std::uint8_t> entryAt(std::span<const std::uint8_t> data) {
    if (data.size() < kPrefixBytes) return {};
    const auto length = wire::loadBigEndian<std::uint32_t>(data.data());
    if (length == 0 || length > data.size() - kPrefixBytes) return {};
    const auto content = data.subspan(kPrefixBytes, length);
    return wire::crc32c(content) == wire::loadBigEndian<std::uint32_t>(data.data() + 4)
               ? content
               : std::span<const std::uint8_t>{};
}

} // namespace

Result<std::unique_ptr<Journal>> Journal::open(FileSystem& disk, const std::filesystem::path& path, Log& log,
                                               const std::function<Status(std::span<const std::uint8_t>)>& entry) {
    std::unique_ptr<Journal> journal(new Journal(disk, path));
    MILLRACE_TRY(journal->reopen(path));
    auto data = disk.readAll(path, kMaxFileBytes);
    if (!data) return data.error();
    std::span<const std::uint8_t> rest(*data);
    for (auto content = entryAt(rest); !content.empty(); content = entryAt(rest)) {
        if (auto status = entry(content); !status) return status.error().in(path.string());
        rest = rest.subspan(kPrefixBytes + content.size());
    }
    journal->size_ = data->size() - rest.size();
    if (!rest.empty()) {
        log.warning("", "{}: cut {} bytes behind the last whole entry, as a crash leaves them", path.string(),
                    rest.size());
        MILLRACE_TRY(journal->file_->truncate(journal->size_));
    }
    return journal;
}

Status Journal::reopen(const std::filesystem::path& path) {
    auto file = disk_.open(path, OpenMode::append);
    if (!file) return file.error();
    auto syncFile = disk_.open(path, OpenMode::readWrite);
    if (!syncFile) return syncFile.error();
    auto size = (*file)->size();
    if (!size) return size.error();
    size_ = *size;
    file_ = std::move(*file);
    syncFile_ = std::move(*syncFile);
    return ok();
}

Status Journal::append(std::span<const std::uint8_t> content) {
    if (content.empty() || content.size() > kMaxEntryBytes)
        return Error{ErrorCode::outOfRange, fmt::format("{}: an entry of {} bytes", path_.string(), content.size())};
    const auto prefix = prefixOf(content);
    const std::array<std::span<const std::uint8_t>, 2> pieces{prefix, content};
    if (auto status = file_->appendAll(pieces); !status) {
        (void)file_->truncate(size_).has_value();
        return status.error().in(path_.string());
    }
    size_ += kPrefixBytes + content.size();
    return ok();
}

Status Journal::writeBeside(FileSystem& disk, const std::filesystem::path& path,
                            std::span<const std::vector<std::uint8_t>> contents) {
    auto file = disk.open(besideOf(path), OpenMode::truncate);
    if (!file) return file.error();
    std::vector<std::uint8_t> whole;
    for (const auto& content : contents) {
        const auto prefix = prefixOf(content);
        whole.insert(whole.end(), prefix.begin(), prefix.end());
        whole.insert(whole.end(), content.begin(), content.end());
    }
    MILLRACE_TRY((*file)->append(whole));
    return (*file)->sync();
}

Status Journal::adopt(std::span<const std::vector<std::uint8_t>> appendedSince) {
    MILLRACE_TRY(reopen(besideOf(path_)));
    for (const auto& content : appendedSince)
        MILLRACE_TRY(append(content));
    return disk_.rename(besideOf(path_), path_);
}

Status Journal::rewrite(std::span<const std::vector<std::uint8_t>> contents) {
    MILLRACE_TRY(writeBeside(disk_, path_, contents));
    MILLRACE_TRY(adopt({}));
    return disk_.syncDirectory(path_.parent_path());
}

} // namespace millrace::broker
