#include "flume/sources/spooldir/spool_directory.h"

#include <algorithm>

namespace millrace::flume {
namespace {

/// Directories within each other; a link may lead back.
constexpr std::ptrdiff_t kDeepest = 64;

/// A pipe, a socket or a device: reading it may wait for ever.
bool isNoFile(const std::filesystem::path& path) {
    std::error_code ignored;
    const auto status = std::filesystem::status(path, ignored);
    return std::filesystem::is_other(status);
}

std::string nameOf(const FileInfo& file) {
    return file.path.filename().string();
}

} // namespace

Result<SpoolDirectory> SpoolDirectory::make(const SpoolDirectoryOptions& options, const ComponentServices& services) {
    auto include = java::JavaRegex::compile(options.includePattern);
    if (!include) return include.error().in("includePattern");
    auto ignore = java::JavaRegex::compile(options.ignorePattern);
    if (!ignore) return ignore.error().in("ignorePattern");
    include->warnIn(*services.log, services.id);
    ignore->warnIn(*services.log, services.id);
    return SpoolDirectory(options, services, std::move(*include), std::move(*ignore));
}

std::filesystem::path SpoolDirectory::markerOf(const std::filesystem::path& file) const {
    return options_.trackerDirectory / (file.lexically_relative(options_.directory).string() + options_.suffix);
}

bool SpoolDirectory::isCandidate(const FileInfo& file) {
    const std::string name = nameOf(file);
    if (name.starts_with('.') || ignore_.matches(name)) return false;
    if (file.directory) return options_.recursive && file.path != options_.trackerDirectory;
    if (!options_.suffix.empty() && name.ends_with(options_.suffix)) return false;
    if (!include_.matches(name) || isNoFile(file.path)) return false;
    return !options_.marksInTracker || !services_.disk->info(markerOf(file.path));
}

Status SpoolDirectory::list(const std::filesystem::path& directory) {
    auto entries = services_.disk->list(directory);
    if (!entries) {
        // Of those below some may go at any time.
        const bool below = !directories_.empty();
        return below && entries.error().code == ErrorCode::notFound ? ok() : Status(std::move(entries).error());
    }
    directories_.push_back(directory);
    const std::int64_t now = services_.clock->epochMs();
    for (FileInfo& entry : *entries) {
        if (!isCandidate(entry)) continue;
        if (entry.directory) {
            const auto depth = std::distance(entry.path.begin(), entry.path.end()) -
                               std::distance(options_.directory.begin(), options_.directory.end());
            if (depth < kDeepest) MILLRACE_TRY(list(entry.path));
            continue;
        }
        // A time that lies ahead tells nothing.
        const std::int64_t age = now - entry.modifiedMs;
        if (age >= 0 && age < options_.settled.count())
            unsettled_ = true;
        else
            waiting_.push_back(std::move(entry));
    }
    return ok();
}

Status SpoolDirectory::look() {
    waiting_.clear();
    directories_.clear();
    unsettled_ = false;
    MILLRACE_TRY(list(options_.directory));
    const bool youngest = options_.order == ConsumeOrder::youngest;
    std::ranges::sort(waiting_, [&](const FileInfo& a, const FileInfo& b) {
        if (a.modifiedMs != b.modifiedMs) return youngest ? a.modifiedMs > b.modifiedMs : a.modifiedMs < b.modifiedMs;
        return a.path < b.path;
    });
    return ok();
}

std::optional<FileInfo> SpoolDirectory::take(const std::filesystem::path& path) {
    const auto found = std::ranges::find(waiting_, path, &FileInfo::path);
    if (found == waiting_.end()) return {};
    FileInfo file = std::move(*found);
    waiting_.erase(found);
    return file;
}

std::optional<FileInfo> SpoolDirectory::next() {
    if (waiting_.empty()) return {};
    if (options_.order == ConsumeOrder::random)
        std::swap(waiting_.front(), waiting_[services_.random->below(waiting_.size())]);
    FileInfo file = std::move(waiting_.front());
    waiting_.pop_front();
    return file;
}

} // namespace millrace::flume
