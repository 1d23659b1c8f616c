#include "traffic/target.h"

#include "traffic/line_maker.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace millrace::traffic {
namespace {

/// Enough for the last line of either kind.
constexpr std::uint64_t kTailBytes = 16 * 1024;

class FileTarget final : public Target {
public:
    FileTarget(FileSystem& disk, std::filesystem::path path, std::uint64_t rotateBytes)
        : disk_(disk), path_(std::move(path)), rotateBytes_(rotateBytes) {}

    std::int64_t lastSequence() override {
        for (const auto& path : {path_, rotated(1), rotated(2)})
            if (const auto found = lastSequenceOf(path)) return *found;
        return 0;
    }

    Status write(const std::string& lines) override {
        if (file_ && size_ >= rotateBytes_) MILLRACE_TRY(rotate());
        if (!file_) MILLRACE_TRY(open());
        const Status written = append(lines);
        if (written) size_ += lines.size();
        // What got through of a failed write must go: the lines come again.
        else if (!file_->truncate(size_))
            file_.reset();
        return written;
    }

private:
    /// Begins with a dot, so that no pattern written for the log's own name finds it.
    std::filesystem::path rotated(int number) const {
        return path_.parent_path() / ("." + path_.filename().string() + "." + std::to_string(number));
    }

    Status append(std::string_view text) {
        return file_->append({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    }

    Status open() {
        if (path_.has_parent_path()) MILLRACE_TRY(disk_.makeDirectories(path_.parent_path()));
        auto file = disk_.open(path_, OpenMode::append);
        if (!file) return std::move(file).error();
        const auto size = (*file)->size();
        if (!size) return size.error();
        file_ = std::move(*file);
        size_ = *size;
        return endLastLine();
    }

    /// After a crash the last line may have no end; what comes now must not become part of it.
    Status endLastLine() {
        std::array<std::uint8_t, 1> last{};
        const auto reader = size_ > 0 ? disk_.open(path_, OpenMode::read) : Result<std::unique_ptr<File>>(nullptr);
        if (!reader) return reader.error();
        if (!*reader) return ok();
        const auto read = (*reader)->readAt(size_ - 1, last);
        if (!read) return read.error();
        if (*read == 0 || last[0] == '\n') return ok();
        MILLRACE_TRY(append("\n"));
        ++size_;
        return ok();
    }

    Status rotate() {
        file_.reset();
        if (disk_.info(rotated(1))) MILLRACE_TRY(disk_.rename(rotated(1), rotated(2)));
        return disk_.rename(path_, rotated(1));
    }

    std::optional<std::int64_t> lastSequenceOf(const std::filesystem::path& path) const {
        auto file = disk_.open(path, OpenMode::read);
        if (!file) return {};
        const auto size = (*file)->size();
        if (!size || *size == 0) return {};
        const std::uint64_t from = *size > kTailBytes ? *size - kTailBytes : 0;
        std::string text(static_cast<std::size_t>(*size - from), '\0');
        const auto read = (*file)->readAt(from, {reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
        if (!read) return {};
        std::string_view rest(text.data(), *read);
        std::optional<std::int64_t> highest;
        while (!rest.empty()) {
            const auto end = rest.find('\n');
            const auto found = sequenceIn(rest.substr(0, end));
            if (found && (!highest || *found > *highest)) highest = found;
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        }
        return highest;
    }

    FileSystem& disk_;
    std::filesystem::path path_;
    std::uint64_t rotateBytes_;
    std::unique_ptr<File> file_;
    std::uint64_t size_ = 0;
};

} // namespace

std::unique_ptr<Target> makeFileTarget(FileSystem& disk, std::filesystem::path path, std::uint64_t rotateBytes) {
    return std::make_unique<FileTarget>(disk, std::move(path), rotateBytes);
}

} // namespace millrace::traffic
