#include "flume/support/rejected_events.h"

#include "base/sentences.h"
#include "flume/sentences.h"
#include "flume/support/event_json.h"

#include <cstdint>
#include <span>

namespace millrace::flume {

namespace {

constexpr const char* kDirectory = "rejected";

std::string fileNameOf(const ComponentServices& services) {
    return services.agent + '.' + services.id.substr(services.id.rfind('/') + 1) + ".json";
}

} // namespace

RejectedEvents::RejectedEvents(const ComponentServices& services)
    : services_(services), path_(services.resolve(kDirectory) / fileNameOf(services)) {}

void RejectedEvents::clear() {
    text_.clear();
    count_ = byServer_ = 0;
}

void RejectedEvents::add(By by, const HeaderSet& headers, std::string_view body, const std::string& reason) {
    const bool firstOfServer = by == By::server && byServer_++ == 0;
    if (count_++ == 0 || firstOfServer) reason_ = shortened(reason);
    text_ += "{\"reason\":";
    appendJsonString(reason, text_);
    text_ += ",\"event\":";
    appendEventJson(headers, body, text_);
    text_ += "}\n";
}

Status RejectedEvents::store(std::size_t batch) {
    if (count_ < batch) inRow_ = 0;
    if (count_ == 0) return ok();
    if (count_ == batch && byServer_ > 0 && inRow_ + byServer_ >= kMostInRow) {
        auto held = failure(ErrorCode::denied, "all-refused", {std::to_string(inRow_ + byServer_), reason_});
        clear();
        return held;
    }
    const Status stored = append();
    if (!stored) {
        clear();
        return stored.error().in("setting refused events aside");
    }
    services_.log->warning(services_.id, "{} events were refused and stand in {} now; the first one because: {}",
                           count_, path_.string(), reason_);
    (*services_.counters)[FlumeCounter::eventWriteFail].addFromOwner(static_cast<std::int64_t>(count_));
    if (count_ == batch) inRow_ += byServer_;
    clear();
    return ok();
}

Status RejectedEvents::append() {
    MILLRACE_TRY(services_.disk->makeDirectoriesForGood(path_.parent_path()));
    const bool isNew = !services_.disk->info(path_);
    auto file = services_.disk->open(path_, OpenMode::append);
    if (!file) return std::move(file).error();
    const auto size = (*file)->size();
    if (!size) return size.error();
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(text_.data()), text_.size());
    Status written = (*file)->append(bytes);
    if (written) written = (*file)->sync();
    if (!written) {
        // What got through must go, for all of it comes again, behind a line that has no end.
        (void)(*file)->truncate(*size);
        return written;
    }
    return isNew ? services_.disk->syncDirectory(path_.parent_path()) : ok();
}

} // namespace millrace::flume
