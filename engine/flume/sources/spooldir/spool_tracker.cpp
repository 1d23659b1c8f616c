#include "flume/sources/spooldir/spool_tracker.h"

#include "flume/deserializers/avro_container.h"
#include "rpc/avro_reader.h"
#include "rpc/avro_writer.h"

#include <fmt/core.h>

#include <charconv>
#include <optional>

namespace millrace::flume {
namespace {

constexpr std::string_view kTrackerMagic("Obj\1", 4);
constexpr std::string_view kTrackerSchema =
    R"({"type":"record","name":"TransferStateFileMeta","namespace":"org.apache.flume.serialization",)"
    R"("fields":[{"name":"offset","type":"long"}]})";
constexpr const char* kInodeKey = "millrace.inode";

std::span<const std::uint8_t> bytesOf(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

void addRecord(std::uint64_t position, const std::string& sync, std::string& out) {
    std::string record;
    rpc::AvroWriter(record).writeLong(static_cast<std::int64_t>(position));
    rpc::AvroWriter writer(out);
    writer.writeLong(1);
    writer.writeBytes(record);
    writer.writeRaw(sync);
}

std::uint64_t numberIn(const std::string& text) {
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

Result<std::optional<SpoolTracker::Place>> SpoolTracker::read() const {
    std::optional<Place> none;
    const auto info = disk_.info(path_);
    exists_ = info.has_value();
    if (!info && info.error().code == ErrorCode::notFound) return none;
    if (!info) return info.error();
    auto file = disk_.open(path_, OpenMode::read);
    if (!file) return std::move(file).error();
    const auto container = AvroContainer::open(std::move(*file), info->size);
    if (!container) return container.error().in(path_.string());
    Place place{container->metadata("file"), 0, numberIn(container->metadata(kInodeKey))};
    // What is torn behind the last whole record was written when the power went.
    for (std::uint64_t at = container->firstBlock();;) {
        const auto block = container->block(at);
        if (!block || !*block) break;
        rpc::AvroReader reader(bytesOf((*block)->data));
        for (std::int64_t i = 0; i < (*block)->count && !reader.failed(); ++i) {
            const std::int64_t position = reader.readLong();
            if (!reader.failed() && position >= 0) place.position = static_cast<std::uint64_t>(position);
        }
        at = (*block)->next;
    }
    return std::optional(std::move(place));
}

Status SpoolTracker::store(const Place& place) {
    if (!open_ || file_ != place.file) return begin(place);
    std::string record;
    addRecord(place.position, sync_, record);
    Status appended = open_->append(bytesOf(record));
    // What may be half there now must not stand in front of another record.
    if (!appended) open_.reset();
    return appended;
}

Status SpoolTracker::begin(const Place& place) {
    open_.reset();
    const auto uuid = random_.uuid();
    sync_.assign(reinterpret_cast<const char*>(uuid.data()), uuid.size());
    const std::pair<std::string_view, std::string> metadata[] = {
        {"avro.schema", std::string(kTrackerSchema)}, {"file", place.file}, {kInodeKey, std::to_string(place.inode)}};
    std::string text(kTrackerMagic);
    rpc::AvroWriter writer(text);
    writer.writeLong(std::size(metadata));
    for (const auto& [key, value] : metadata) {
        writer.writeBytes(key);
        writer.writeBytes(value);
    }
    writer.writeLong(0);
    writer.writeRaw(sync_);
    addRecord(place.position, sync_, text);
    MILLRACE_TRY(disk_.makeDirectories(path_.parent_path()));
    MILLRACE_TRY(disk_.replace(path_, bytesOf(text)));
    exists_ = true;
    auto file = disk_.open(path_, OpenMode::append);
    if (!file) return std::move(file).error();
    open_ = std::move(*file);
    file_ = place.file;
    return ok();
}

Status SpoolTracker::remove() {
    open_.reset();
    MILLRACE_TRY(disk_.remove(path_));
    exists_ = false;
    return ok();
}

} // namespace millrace::flume
