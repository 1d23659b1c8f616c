#include "flume/channels/file/event_frame.h"

#include "base/big_endian.h"
#include "base/crc32c.h"

#include <fmt/core.h>

#include <limits>
#include <string>

namespace millrace::flume {

namespace {

constexpr std::uint32_t kUnused = std::numeric_limits<std::uint32_t>::max();

void append(std::vector<std::uint8_t>& out, std::size_t number) {
    const std::size_t at = out.size();
    out.resize(at + 4);
    storeBigEndian(out.data() + at, static_cast<std::uint32_t>(number));
}

void append(std::vector<std::uint8_t>& out, const std::string& text) {
    append(out, text.size());
    out.insert(out.end(), text.begin(), text.end());
}

void append(std::vector<std::uint8_t>& out, const HeaderSet& headers) {
    append(out, headers.size());
    for (const auto& [key, value] : headers.entries()) {
        append(out, key);
        append(out, value);
    }
}

/// The header sets that the range uses, and which event has which. Returns how many sets there are.
std::uint32_t appendHeaders(std::vector<std::uint8_t>& out, const EventRange& range) {
    const EventBatch& batch = *range.batch;
    if (batch.setIndexes().empty()) {
        append(out, batch.headers(range.first));
        return 1;
    }
    std::vector<std::uint32_t> places(batch.sets().size(), kUnused);
    std::uint32_t sets = 0;
    for (std::uint32_t i = range.first; i < range.last; ++i) {
        std::uint32_t& place = places[batch.setIndexes()[i]];
        if (place != kUnused) continue;
        place = sets++;
        append(out, batch.headers(i));
    }
    for (std::uint32_t i = range.first; sets > 1 && i < range.last; ++i)
        append(out, std::size_t{places[batch.setIndexes()[i]]});
    return sets;
}

std::span<const std::uint8_t> bodiesOf(const EventRange& range) {
    const std::string_view first = range.batch->body(range.first);
    return {reinterpret_cast<const std::uint8_t*>(first.data()), range.bodyBytes()};
}

/// Reads the tables of a frame from front to back; each call is false when there is not so much left.
class Tables {
public:
    explicit Tables(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
    std::size_t left() const { return bytes_.size(); }
    bool number(std::uint32_t& value) {
        if (left() < 4) return false;
        value = loadBigEndian<std::uint32_t>(bytes_.data());
        bytes_ = bytes_.subspan(4);
        return true;
    }
    bool headers(HeaderSetPtr& headers) {
        std::uint32_t count = 0;
        if (!number(count) || std::uint64_t{count} * 8 > left()) return false;
        std::vector<std::pair<std::string, std::string>> entries(count);
        for (auto& [key, value] : entries)
            if (!text(key) || !text(value)) return false;
        headers = std::make_shared<const HeaderSet>(std::move(entries));
        return true;
    }
    bool numbers(std::size_t count, std::vector<std::uint32_t>& values) {
        if (std::uint64_t{count} * 4 > left()) return false;
        values.resize(count);
        for (std::uint32_t& value : values)
            number(value);
        return true;
    }

private:
    bool text(std::string& value) {
        std::uint32_t length = 0;
        if (!number(length) || length > left()) return false;
        value.assign(reinterpret_cast<const char*>(bytes_.data()), length);
        bytes_ = bytes_.subspan(length);
        return true;
    }
    std::span<const std::uint8_t> bytes_;
};

Error wrong(const char* what) {
    return {ErrorCode::corrupt, what, false};
}

/// What the tables say, before anything is built of it.
struct PutTables {
    std::vector<HeaderSetPtr> sets;
    std::vector<std::uint32_t> setOf; ///< empty: all have the first
    std::vector<std::uint32_t> lengths;

    bool read(const FrameHeader& header, Tables tables) {
        if (std::uint64_t{header.sets} * 4 > tables.left()) return false;
        sets.resize(header.sets);
        for (HeaderSetPtr& set : sets)
            if (!tables.headers(set)) return false;
        if (header.sets > 1 && !tables.numbers(header.count, setOf)) return false;
        return tables.numbers(header.count, lengths) && tables.left() == 0 && fits(header);
    }

private:
    bool fits(const FrameHeader& header) const {
        for (const std::uint32_t set : setOf)
            if (set >= sets.size()) return false;
        std::uint64_t bytes = 0;
        for (const std::uint32_t length : lengths)
            bytes += length;
        return bytes == header.bodyBytes;
    }
};

} // namespace

Result<PutFrame> encodePut(const EventRange& range, std::uint32_t seed) {
    PutFrame frame{range, std::vector<std::uint8_t>(FrameHeader::kBytes), bodiesOf(range)};
    frame.head.reserve(FrameHeader::kBytes + 64 + range.size() * 4);
    FrameHeader header;
    header.count = static_cast<std::uint32_t>(range.size());
    header.sets = appendHeaders(frame.head, range);
    for (std::uint32_t i = range.first; i < range.last; ++i)
        append(frame.head, range.batch->body(i).size());
    if (frame.head.size() + frame.bodies.size() > FrameHeader::kMaxBytes)
        return Error{ErrorCode::outOfRange,
                     fmt::format("{} events of {} bytes are too large for one transaction of a file channel (at most "
                                 "{}); lower the source's batch size",
                                 range.size(), frame.bodies.size(), FrameHeader::kMaxBytes),
                     false};
    header.bodyBytes = static_cast<std::uint32_t>(frame.bodies.size());
    header.bodyChecksum = crc32c(frame.bodies, seed);
    header.length = frame.bytes();
    header.encode(frame.head.data());
    return frame;
}

std::vector<std::uint8_t> encodeTaken(std::span<const SequenceRange> ranges) {
    std::vector<std::uint8_t> head(FrameHeader::kBytes + ranges.size() * 16);
    FrameHeader header;
    header.kind = FrameKind::taken;
    header.count = static_cast<std::uint32_t>(ranges.size());
    header.length = static_cast<std::uint32_t>(head.size());
    header.encode(head.data());
    std::uint8_t* at = head.data() + FrameHeader::kBytes;
    for (const SequenceRange& range : ranges) {
        storeBigEndian(at, range.first);
        storeBigEndian(at + 8, range.end);
        at += 16;
    }
    return head;
}

void finishFrame(std::vector<std::uint8_t>& head, std::uint64_t sequence, bool goesOn, std::uint32_t seed) {
    head[13] = goesOn ? 1 : 0;
    storeBigEndian(head.data() + 16, sequence);
    storeBigEndian(head.data() + 8, crc32c(std::span(head).subspan(FrameHeader::kChecksummedFrom), seed));
}

Result<EventBatchPtr> decodePut(std::span<const std::uint8_t> frame, std::uint32_t seed) {
    if (frame.size() < FrameHeader::kBytes) return wrong("it is shorter than a frame");
    const auto header = FrameHeader::decode(frame.data(), frame.size());
    if (!header || header->length != frame.size() || header->kind != FrameKind::put) return wrong("it is no frame");
    const auto head = frame.first(frame.size() - header->bodyBytes);
    const auto bodies = frame.last(header->bodyBytes);
    if (crc32c(head.subspan(FrameHeader::kChecksummedFrom), seed) != header->checksum ||
        crc32c(bodies, seed) != header->bodyChecksum)
        return wrong("its checksum is wrong");
    PutTables tables;
    if (!tables.read(*header, Tables(head.subspan(FrameHeader::kBytes)))) return wrong("its tables do not fit");
    EventBatchBuilder builder(bodies.size(), header->count);
    const char* at = reinterpret_cast<const char*>(bodies.data());
    for (std::uint32_t i = 0; i < header->count; ++i) {
        builder.setHeaders(tables.sets[tables.setOf.empty() ? 0 : tables.setOf[i]]);
        if (!builder.add({at, tables.lengths[i]})) return wrong("its bodies are too large");
        at += tables.lengths[i];
    }
    return builder.finish();
}

Result<std::vector<SequenceRange>> decodeTaken(std::span<const std::uint8_t> tables) {
    std::vector<SequenceRange> ranges(tables.size() / 16);
    const std::uint8_t* at = tables.data();
    for (SequenceRange& range : ranges) {
        range = {loadBigEndian<std::uint64_t>(at), loadBigEndian<std::uint64_t>(at + 8)};
        if (range.first >= range.end) return wrong("it takes events that cannot be");
        at += 16;
    }
    return ranges;
}

} // namespace millrace::flume
