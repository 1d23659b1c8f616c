#include "rpc/thrift_message_end.h"

namespace millrace::rpc {
namespace {

/// As ThriftReader's.
constexpr std::size_t kDeepestLevel = 32;

} // namespace

Result<std::optional<std::size_t>> ThriftMessageEnd::find(std::span<const std::uint8_t> data) {
    while (!begun_ || !levels_.empty()) {
        ThriftReader reader(data.subspan(at_), ThriftProtocol::binary);
        step(reader);
        if (reader.endedEarly()) return std::optional<std::size_t>(); // it is taken again once more has come
        if (reader.failed()) return reader.status().error();
        at_ += reader.used();
    }
    const std::size_t size = at_;
    *this = {};
    return std::optional(size);
}

/// Reads the next value, or the head of one that holds others. What fails changes nothing.
void ThriftMessageEnd::step(ThriftReader& reader) {
    if (!begun_) {
        (void)reader.readMessage();
        begun_ = !reader.failed();
        if (begun_) levels_.push_back({});
        return;
    }
    Level& level = levels_.back();
    ThriftField field;
    if (level.isStruct && !reader.nextField(field)) {
        if (reader.failed()) return;
        levels_.pop_back();
    } else {
        const auto inside = value(reader, level.isStruct ? field.type : level.items % 2 == 0 ? level.even : level.odd);
        if (reader.failed()) return;
        if (!level.isStruct) --level.items;
        if (inside && levels_.size() == kDeepestLevel) return reader.fail("values that are nested too deeply");
        if (inside) levels_.push_back(*inside);
    }
    while (!levels_.empty() && !levels_.back().isStruct && levels_.back().items == 0)
        levels_.pop_back();
}

/// What is to be read inside of it; nothing where that was all.
std::optional<ThriftMessageEnd::Level> ThriftMessageEnd::value(ThriftReader& reader, ThriftType type) {
    switch (type) {
    case ThriftType::structure:
        return Level{};
    case ThriftType::set:
    case ThriftType::list: {
        const ThriftList list = reader.readList();
        return Level{false, list.item, list.item, list.count};
    }
    case ThriftType::map: {
        const ThriftMap map = reader.readMap();
        return Level{false, map.key, map.value, 2 * map.count};
    }
    default:
        reader.skip({type, 0});
        return {};
    }
}

} // namespace millrace::rpc
