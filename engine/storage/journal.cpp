#include "storage/journal.h"

#include "base/big_endian.h"
#include "base/crc32c.h"
#include "storage/damage.h"

#include <array>

namespace millrace::storage {

namespace {

constexpr std::size_t kPrefixBytes = 8;
constexpr std::uint64_t kMaxFileBytes = 1ull << 30;

std::array<std::uint8_t, kPrefixBytes> prefixOf(std::span<const std::uint8_t> content) {
    std::array<std::uint8_t, kPrefixBytes> prefix{};
    storeBigEndian(prefix.data(), static_cast<std::uint32_t>(content.size()));
    storeBigEndian(prefix.data() + 4, crc32c(content));
    return prefix;
}

std::filesystem::path besideOf(std::filesystem::path path) {
    return path += ".new";
}

/// The content of the entry at the start of `data`; empty when it is torn or damaged.
std::span<const std::uint8_t> entryAt(std::span<const std::uint8_t> data) {
    if (data.size() < kPrefixBytes) return {};
    const auto length = loadBigEndian<std::uint32_t>(data.data());
    if (length == 0 || length > data.size() - kPrefixBytes) return {};
    const auto content = data.subspan(kPrefixBytes, length);
    return crc32c(content) == loadBigEndian<std::uint32_t>(data.data() + 4)
               ? content
               : std::span<const std::uint8_t>{};
}

} // namespace

/// What is found in a file: where the whole entries lie, and what lies between and behind them.
struct Journal::Scan {
    using Entry = std::function<Status(std::span<const std::uint8_t>, std::uint64_t position)>;
    /// An error of `entry` ends it.
    static Result<Scan> of(std::span<const std::uint8_t> data, const Entry& entry);

    std::vector<std::vector<std::uint8_t>> whole;
    std::uint64_t end = 0;          ///< behind the last whole entry
    std::uint64_t damagedBytes = 0; ///< before `end`
    std::uint64_t firstDamage = 0;
    bool lastIsDamaged = false; ///< an entry of full length follows the last whole one, with wrong content
};

namespace {

/// From the damaged entry at the start of `data` to the next whole one, by the lengths; 0 when they lead to none.
std::size_t nextWhole(std::span<const std::uint8_t> data) {
    for (std::size_t at = 0; data.size() - at >= kPrefixBytes;) {
        const auto length = loadBigEndian<std::uint32_t>(data.data() + at);
        if (length == 0 || length > data.size() - at - kPrefixBytes) return 0;
        at += kPrefixBytes + length;
        if (!entryAt(data.subspan(at)).empty()) return at;
    }
    return 0;
}

bool hasFullLength(std::span<const std::uint8_t> data) {
    if (data.size() < kPrefixBytes) return false;
    const auto length = loadBigEndian<std::uint32_t>(data.data());
    return length > 0 && length <= data.size() - kPrefixBytes;
}

} // namespace

Result<Journal::Scan> Journal::Scan::of(std::span<const std::uint8_t> data, const Entry& entry) {
    Scan scan;
    for (auto rest = data; !rest.empty();) {
        const std::uint64_t at = data.size() - rest.size();
        const auto content = entryAt(rest);
        if (content.empty()) {
            const std::size_t damaged = nextWhole(rest);
            scan.lastIsDamaged = damaged == 0 && hasFullLength(rest);
            if (damaged == 0) break;
            if (scan.damagedBytes == 0) scan.firstDamage = at;
            scan.damagedBytes += damaged;
            rest = rest.subspan(damaged);
            continue;
        }
        MILLRACE_TRY(entry(content, at));
        rest = rest.subspan(kPrefixBytes + content.size());
        scan.end = data.size() - rest.size();
        scan.whole.emplace_back(content.begin(), content.end());
    }
    return scan;
}

Result<std::unique_ptr<Journal>> Journal::open(FileSystem& disk, const std::filesystem::path& path,
                                               std::string_view lost, Log& log,
                                               const std::function<Status(std::span<const std::uint8_t>)>& entry) {
    std::unique_ptr<Journal> journal(new Journal(disk, path));
    MILLRACE_TRY(journal->reopen(path));
    auto data = disk.readAll(path, kMaxFileBytes);
    if (!data) return data.error();
    const auto tell = [&](std::span<const std::uint8_t> content, std::uint64_t position) -> Status {
        auto status = entry(content);
        if (status) return status;
        return Error{ErrorCode::corrupt,
                     fmt::format("{}: the entry at byte {} is whole but cannot be read ({}); with the file moved away "
                                 "the broker starts, but {}",
                                 path.string(), position, status.error().message, lost)};
    };
    auto found = Scan::of(*data, tell);
    if (!found) return found.error();
    const Scan& scan = *found;
    journal->size_ = scan.end;
    if (scan.damagedBytes > 0 || scan.lastIsDamaged) {
        MILLRACE_TRY(journal->setAside(scan, *data, log));
    } else if (scan.end < data->size()) {
        log.warning("", "{}: cut {} bytes behind the last whole entry, as a crash leaves them", path.string(),
                    data->size() - scan.end);
        MILLRACE_TRY(journal->file_->truncate(scan.end));
    }
    return journal;
}

/// Keeps the file as it is under another name, and goes on with its whole entries.
Status Journal::setAside(const Scan& scan, std::span<const std::uint8_t> data, Log& log) {
    const auto aside = nameAside(disk_, path_);
    MILLRACE_TRY(disk_.replace(aside, data));
    MILLRACE_TRY(rewrite(scan.whole));
    const std::uint64_t behind = data.size() - scan.end;
    log.error("", "{}: {} bytes are damaged from byte {} on and left out, {} entries are whole; kept as it was in {}",
              path_.string(), scan.damagedBytes + behind, scan.damagedBytes > 0 ? scan.firstDamage : scan.end,
              scan.whole.size(), aside.string());
    return ok();
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
    durable_.reset(new Durable{disk_, path_.parent_path(), std::move(*syncFile)});
    return ok();
}

std::function<Status()> Journal::syncing() const {
    return [durable = durable_] { return durable->sync(); };
}

Status Journal::Durable::sync() {
    if (failed)
        return Error{ErrorCode::io, fmt::format("a journal in {}: a sync has failed before", directory.string()), true};
    Status done = file->sync();
    if (done && nameOwed) done = disk.syncDirectory(directory);
    if (!done) failed = true;
    if (done) nameOwed = false;
    return done;
}

Status Journal::appendOne(std::span<const std::uint8_t> content) {
    if (content.empty() || content.size() > kMaxEntryBytes)
        return Error{ErrorCode::outOfRange, fmt::format("{}: an entry of {} bytes", path_.string(), content.size())};
    const auto prefix = prefixOf(content);
    const std::array<std::span<const std::uint8_t>, 2> pieces{prefix, content};
    if (auto status = file_->appendAll(pieces); !status) return status.error().in(path_.string());
    size_ += kPrefixBytes + content.size();
    return ok();
}

Status Journal::append(std::span<const std::vector<std::uint8_t>> contents) {
    if (cutOwed_) MILLRACE_TRY(cutBack());
    const std::uint64_t before = size_;
    Status written = ok();
    for (auto content = contents.begin(); written && content != contents.end(); ++content)
        written = appendOne(*content);
    if (!written) {
        size_ = before;
        (void)cutBack().has_value();
    }
    return written;
}

Status Journal::appendSynced(std::span<const std::vector<std::uint8_t>> contents) {
    if (uncertain()) MILLRACE_TRY(renew());
    const std::uint64_t before = size_;
    MILLRACE_TRY(append(contents));
    Status synced = sync();
    if (synced) return ok();
    size_ = before;
    cutOwed_ = true;
    // What was written before the failure may have reached the disk, and entries before these may be lost.
    if (auto renewed = renew(); !renewed)
        return synced.error().in(fmt::format("{} (what becomes of it shows at the next start: {})", path_.string(),
                                             renewed.error().message));
    return synced.error().in(path_.string());
}

/// All entries up to size_ into a new file, as far as what is still in memory of the old one is whole.
Status Journal::renew() {
    auto data = disk_.readAll(path_, kMaxFileBytes);
    if (!data) return data.error();
    data->resize(std::min<std::size_t>(data->size(), size_));
    auto scan = Scan::of(*data, [](auto, auto) { return ok(); });
    if (!scan) return scan.error();
    if (scan->end != size_ || scan->damagedBytes > 0)
        return Error{ErrorCode::corrupt, path_.string() + ": a sync has failed, and what it lost is lost; start again"};
    return rewrite(scan->whole);
}

/// An entry behind the rest of a failed one would be taken for damage and dropped at the next start.
Status Journal::cutBack() {
    cutOwed_ = true;
    if (auto status = file_->truncate(size_); !status) return status.error().in(path_.string());
    cutOwed_ = false;
    return ok();
}

Status Journal::writeBeside(FileSystem& disk, const std::filesystem::path& path,
                            std::span<const std::vector<std::uint8_t>> contents) {
    std::vector<std::uint8_t> whole;
    for (const auto& content : contents) {
        const auto prefix = prefixOf(content);
        whole.insert(whole.end(), prefix.begin(), prefix.end());
        whole.insert(whole.end(), content.begin(), content.end());
    }
    auto file = disk.open(besideOf(path), OpenMode::truncate);
    if (!file) return file.error();
    Status written = (*file)->append(whole);
    if (written) written = (*file)->sync();
    // On a full disk the unfinished copy would take the room that appending needs.
    if (!written) (void)disk.remove(besideOf(path)).has_value();
    return written;
}

/// Until the new file has its name, entries go into the old one: what was written only into a file of another name
/// would be gone after the next start.
Status Journal::adopt(std::span<const std::vector<std::uint8_t>> appendedSince) {
    Journal fresh(disk_, path_);
    Status done = fresh.reopen(besideOf(path_));
    if (done) done = fresh.append(appendedSince);
    if (done) done = disk_.rename(besideOf(path_), path_);
    if (!done) {
        (void)disk_.remove(besideOf(path_)).has_value();
        return done;
    }
    file_ = std::move(fresh.file_);
    durable_ = std::move(fresh.durable_);
    size_ = fresh.size_;
    cutOwed_ = false;
    return ok();
}

Status Journal::rewrite(std::span<const std::vector<std::uint8_t>> contents) {
    MILLRACE_TRY(writeBeside(disk_, path_, contents));
    MILLRACE_TRY(adopt({}));
    return sync();
}

} // namespace millrace::storage
