#include "flume/sinks/hdfs/webhdfs_store.h"

#include "flume/sinks/hdfs/webhdfs_answer.h"
#include "flume/sinks/hdfs/webhdfs_calls.h"

#include <fmt/core.h>

namespace millrace::flume {
namespace {

FileStore::Outcome withoutAnswer(WebHdfsCalls::Answer answer) {
    return [answer = std::move(answer)]() -> Status {
        MILLRACE_TRY(answer());
        return ok();
    };
}

} // namespace

class WebHdfsStore::Core : public WebHdfsCalls {
public:
    using WebHdfsCalls::WebHdfsCalls;
    Answer write(const char* method, const char* operation, const std::string& path, std::string_view bytes) {
        return begin({method, operation, path, method == std::string_view("PUT") ? "&overwrite=false" : "",
                      std::make_shared<const std::string>(bytes)});
    }
    Answer status(const std::string& path) { return begin({"GET", "GETFILESTATUS", path, {}}); }
    Result<bool> exists(const std::string& path) {
        const auto answer = status(path)();
        if (!answer && answer.error().code == ErrorCode::notFound) return false;
        if (!answer) return answer.error();
        return true;
    }
    Status cut(const Answer& status, const std::string& path, std::uint64_t size);
    Status notRenamed(const std::string& from, const std::string& to);
};

WebHdfsStore::WebHdfsStore(net::EventLoop& loop, WebHdfsOptions options)
    : core_(std::make_shared<Core>(loop, std::move(options))) {}

WebHdfsStore::~WebHdfsStore() {
    core_->close();
}

FileStore::Outcome WebHdfsStore::create(const std::string& path, std::string_view bytes) {
    return withoutAnswer(core_->write("PUT", "CREATE", path, bytes));
}

FileStore::Outcome WebHdfsStore::append(const std::string& path, std::string_view bytes) {
    return withoutAnswer(core_->write("POST", "APPEND", path, bytes));
}

FileStore::Outcome WebHdfsStore::cutBack(const std::string& path, std::uint64_t size) {
    if (size == 0) return withoutAnswer(core_->begin({"DELETE", "DELETE", path, "&recursive=false"}));
    return [core = core_, path, size, status = core_->status(path)] { return core->cut(status, path, size); };
}

/// The answer false says that HDFS is about to do it.
Status WebHdfsStore::Core::cut(const Answer& status, const std::string& path, std::uint64_t size) {
    const auto answer = status();
    if (!answer) return answer.error();
    const auto length = lengthOf(*answer, "HDFS GETFILESTATUS " + path);
    if (!length) return length.error();
    if (*length <= size) return ok();
    MILLRACE_TRY(begin({"POST", "TRUNCATE", path, fmt::format("&newlength={}", size)})());
    return ok();
}

FileStore::Outcome WebHdfsStore::rename(const std::string& from, const std::string& to) {
    return [core = core_, from, to,
            answer = core_->begin({"PUT", "RENAME", from, "&destination=" + urlEncoded(to)})]() -> Status {
        const auto answered = answer();
        if (!answered) return answered.error();
        const auto renamed = booleanOf(*answered, "HDFS RENAME " + from);
        if (!renamed) return renamed.error();
        return *renamed ? ok() : core->notRenamed(from, to);
    };
}

/// False does not say why. The file may have its new name from an attempt whose answer was lost.
Status WebHdfsStore::Core::notRenamed(const std::string& from, const std::string& to) {
    const auto taken = exists(to);
    if (!taken) return taken.error();
    const auto there = exists(from);
    if (!there) return there.error();
    if (*taken && !*there) return ok();
    if (*taken)
        return Error{ErrorCode::alreadyExists, fmt::format("{} is there already, written by another", to), false};
    if (!*there)
        return Error{ErrorCode::notFound, fmt::format("{} is gone, somebody has moved or removed it", from), false};
    return Error{ErrorCode::io, fmt::format("HDFS does not rename {} to {}", from, to), true};
}

void WebHdfsStore::interrupt() {
    core_->interrupt();
}

void WebHdfsStore::allowWaits() {
    core_->allowWaits();
}

void WebHdfsStore::limitWaits(std::chrono::milliseconds longest) {
    core_->limitWaits(longest);
}

} // namespace millrace::flume
