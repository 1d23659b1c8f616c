#include "session/log_store.h"

#include <algorithm>

namespace millrace::session {

void LogStore::write(LogLevel level, std::string_view node, std::string_view text) {
    Log* listener = nullptr;
    {
        const std::lock_guard lock(mutex_);
        LogLine& line = lines_.emplace_back();
        line.sequence = ++lastSequence_;
        line.timeMs = systemEpochMs();
        line.level = toString(level);
        line.node = node;
        line.text = text.substr(0, kLineBytes);
        if (lines_.size() > kLines) lines_.pop_front();
        listener = listener_;
    }
    if (listener) listener->write(level, node, text);
}

LogPage LogStore::page(std::int64_t after, std::size_t maxLines) const {
    const std::lock_guard lock(mutex_);
    LogPage page;
    page.next = after;
    if (lines_.empty()) return page;
    const std::int64_t oldest = lines_.front().sequence;
    page.skipped = std::max<std::int64_t>(0, oldest - after - 1);
    const auto first = static_cast<std::size_t>(std::max<std::int64_t>(0, after + 1 - oldest));
    for (std::size_t i = first; i < lines_.size() && page.lines.size() < maxLines; ++i) page.lines.push_back(lines_[i]);
    if (!page.lines.empty()) page.next = page.lines.back().sequence;
    return page;
}

void LogStore::alsoTo(Log* listener) {
    const std::lock_guard lock(mutex_);
    listener_ = listener;
}

} // namespace millrace::session
