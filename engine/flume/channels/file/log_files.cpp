#include "flume/channels/file/log_files.h"

#include <algorithm>

namespace millrace::flume {

namespace {

constexpr std::size_t kCopyBytes = 1024 * 1024;

Result<FoundFile> look(const RecoverySetup& setup, const FileInfo& info, std::uint64_t number) {
    FoundFile found{std::make_shared<LogFile>(setup.disk, info.path, number), info.size, {}, false};
    std::vector<std::uint8_t> bytes(
        static_cast<std::size_t>(std::min<std::uint64_t>(info.size, LogFileHeader::kBytes)));
    MILLRACE_TRY(found.file->read(0, bytes));
    auto header = LogFileHeader::decode(bytes);
    if (!header && header.error().code == ErrorCode::unsupported) return header.error().in(info.path.string());
    found.headerDamaged = !header || header->number != number;
    if (header) found.header = *header;
    return found;
}

Status list(const RecoverySetup& setup, std::vector<FoundFile>& files) {
    for (const auto& directory : setup.dataDirectories) {
        const auto entries = setup.disk.list(directory);
        if (!entries) return entries.error();
        for (const FileInfo& entry : *entries) {
            const auto number = logFileNumber(entry.path);
            if (!number || entry.directory) continue;
            auto found = look(setup, entry, *number);
            if (!found) return found.error();
            files.push_back(std::move(*found));
        }
    }
    std::sort(files.begin(), files.end(),
              [](const FoundFile& a, const FoundFile& b) { return a.file->number() < b.file->number(); });
    return ok();
}

/// Nothing is written behind a header before it is on stable storage with the name of its file.
Status removeUnfinished(const RecoverySetup& setup, std::vector<FoundFile>& files) {
    if (files.empty() || !files.back().headerDamaged || files.back().size > LogFileHeader::kBytes) return ok();
    MILLRACE_TRY(setup.disk.remove(files.back().file->path()));
    MILLRACE_TRY(setup.disk.syncDirectory(files.back().file->path().parent_path()));
    files.pop_back();
    return ok();
}

Status refuseGaps(const std::vector<FoundFile>& files) {
    for (std::size_t i = 1; i < files.size(); ++i) {
        const std::uint64_t before = files[i - 1].file->number(), number = files[i].file->number();
        const std::string path = files[i].file->path().string();
        if (number == before)
            return Error{ErrorCode::corrupt,
                         fmt::format("{} and {} have the same number: take away the one that is a copy", path,
                                     files[i - 1].file->path().string()),
                         false};
        if (number != before + 1)
            return Error{
                ErrorCode::corrupt,
                fmt::format("{} is missing, which came before {}: bring it back, or name the directory where it "
                            "is in dataDirs",
                            logFileName(number - 1).string(), path),
                false};
    }
    return ok();
}

Status refuseOthers(const std::vector<FoundFile>& files) {
    const FoundFile* first = nullptr;
    for (const FoundFile& found : files) {
        if (found.headerDamaged) continue;
        if (first && found.header.channel != first->header.channel)
            return Error{ErrorCode::corrupt,
                         fmt::format("{} and {} are of two channels: give each channel directories of its own",
                                     first->file->path().string(), found.file->path().string()),
                         false};
        first = &found;
    }
    return ok();
}

} // namespace

Result<std::vector<FoundFile>> findLogFiles(const RecoverySetup& setup) {
    std::vector<FoundFile> files;
    MILLRACE_TRY(list(setup, files));
    MILLRACE_TRY(refuseGaps(files));
    MILLRACE_TRY(refuseOthers(files));
    MILLRACE_TRY(removeUnfinished(setup, files));
    return files;
}

Result<std::filesystem::path> setAside(FileSystem& disk, const File& file, const std::filesystem::path& path,
                                       std::uint64_t from, std::uint64_t end) {
    std::filesystem::path aside = path;
    aside += fmt::format(".damaged-{}", from);
    auto copy = disk.open(aside, OpenMode::truncate);
    if (!copy) return copy.error();
    std::vector<std::uint8_t> window(static_cast<std::size_t>(std::min<std::uint64_t>(end - from, kCopyBytes)));
    while (from < end) {
        const auto got = file.readAt(from, std::span(window).first(std::min<std::uint64_t>(window.size(), end - from)));
        if (!got) return got.error();
        if (*got == 0) break;
        MILLRACE_TRY((*copy)->append(std::span(window).first(*got)));
        from += *got;
    }
    MILLRACE_TRY((*copy)->sync());
    MILLRACE_TRY(disk.syncDirectory(aside.parent_path()));
    return aside;
}

} // namespace millrace::flume
