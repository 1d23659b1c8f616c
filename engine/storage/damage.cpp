#include "storage/damage.h"

#include "storage/batch_scanner.h"
#include "wire/record_batch.h"

#include <algorithm>
#include <span>
#include <vector>

namespace millrace::storage {

namespace {

constexpr std::size_t kWindowBytes = 1024 * 1024;

/// Whether the header at `at` could be that of a batch which ends within `left` bytes. Cheap: asked at every byte.
bool looksLikeBatch(std::span<const std::uint8_t> at, std::uint64_t left) {
    constexpr std::uint8_t kMagic = 2;
    if (at[wire::kMagicAt] != kMagic) return false;
    const auto header = wire::peekBatchHeader(at);
    return header && header->baseOffset >= 0 && header->sizeBytes <= left && header->lastOffsetDelta >= 0;
}

/// The first place in the window that looks like a batch and is one.
Result<bool> findIn(const File& file, std::span<const std::uint8_t> window, std::uint64_t position, std::uint64_t end) {
    for (std::size_t at = 0; at + wire::kBatchHeaderBytes <= window.size(); ++at) {
        if (!looksLikeBatch(window.subspan(at), end - position - at)) continue;
        BatchScanner scanner(file, position + at, end, BatchScanner::Check::headersAndCrc);
        auto found = scanner.next();
        if (found && *found) return true;
        if (!found && found.error().code == ErrorCode::io) return found.error();
    }
    return false;
}

} // namespace

Result<bool> holdsBatch(const File& file, std::uint64_t from, std::uint64_t end) {
    std::vector<std::uint8_t> window(static_cast<std::size_t>(std::min<std::uint64_t>(end - from, kWindowBytes)));
    while (end - from >= wire::kBatchHeaderBytes) {
        auto got = file.readAt(from, window);
        if (!got) return got.error();
        if (*got < wire::kBatchHeaderBytes) return false;
        auto found = findIn(file, std::span(window).first(*got), from, end);
        if (!found || *found) return found;
        from += *got - (wire::kBatchHeaderBytes - 1); // a header may lie across two windows
    }
    return false;
}

std::filesystem::path nameAside(FileSystem& disk, const std::filesystem::path& path) {
    std::filesystem::path aside = path;
    aside += ".damaged";
    for (int n = 2; disk.info(aside); ++n) {
        aside = path;
        aside += ".damaged-" + std::to_string(n);
    }
    return aside;
}

Status copyAside(FileSystem& disk, const File& file, std::uint64_t from, std::uint64_t end,
                 const std::filesystem::path& to) {
    auto copy = disk.open(to, OpenMode::createNew);
    if (!copy) return copy.error();
    std::vector<std::uint8_t> window(static_cast<std::size_t>(std::min<std::uint64_t>(end - from, kWindowBytes)));
    while (from < end) {
        auto got = file.readAt(from, std::span(window).first(std::min<std::uint64_t>(window.size(), end - from)));
        if (!got) return got.error();
        if (*got == 0) break;
        MILLRACE_TRY((*copy)->append(std::span(window).first(*got)));
        from += *got;
    }
    MILLRACE_TRY((*copy)->sync());
    return disk.syncDirectory(to.parent_path());
}

} // namespace millrace::storage
