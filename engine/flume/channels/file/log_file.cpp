#include "flume/channels/file/log_file.h"

namespace millrace::flume {

Status LogFile::read(std::uint64_t position, std::span<std::uint8_t> into) {
    {
        const std::lock_guard lock(mutex_);
        if (!file_) {
            auto opened = disk_.open(path_, OpenMode::read);
            if (!opened) return opened.error();
            file_ = std::move(*opened);
        }
    }
    const auto got = file_->readAt(position, into);
    if (!got) return got.error();
    if (*got < into.size()) return Error{ErrorCode::corrupt, path_.string() + " ends within a frame", false};
    return ok();
}

} // namespace millrace::flume
