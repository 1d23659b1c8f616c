// What a file channel finds on the disk: frames, with checksums as they are and as they would have to be, headers of
// files and checkpoints. Work and memory are bounded, and what can be read can be written and reads as the same.
#include "fuzz/fuzz_target.h"

#include "base/assertion.h"
#include "base/big_endian.h"
#include "base/crc32c.h"
#include "flume/channels/file/checkpoint.h"
#include "flume/channels/file/event_frame.h"
#include "flume/channels/file/frame_scanner.h"

#include <algorithm>
#include <cstring>

namespace {

using namespace millrace;
using namespace millrace::flume;

constexpr std::uint32_t kSeed = 4711;

class Content final : public File {
public:
    explicit Content(fuzz::Input data) : data_(data) {}
    Result<std::size_t> readAt(std::uint64_t position, std::span<std::uint8_t> into) const override {
        const std::size_t from = std::min<std::size_t>(position, data_.size());
        const std::size_t count = std::min(into.size(), data_.size() - from);
        std::copy_n(data_.begin() + static_cast<std::ptrdiff_t>(from), count, into.begin());
        return count;
    }
    Result<std::uint64_t> size() const override { return data_.size(); }
    Status append(std::span<const std::uint8_t>) override { return ok(); }
    Status appendAll(std::span<const std::span<const std::uint8_t>>) override { return ok(); }
    Status writeAt(std::uint64_t, std::span<const std::uint8_t>) override { return ok(); }
    Status truncate(std::uint64_t) override { return ok(); }
    Status sync() override { return ok(); }

private:
    fuzz::Input data_;
};

void walk(fuzz::Input data) {
    const Content file(data);
    FrameScanner scanner(file, 0, data.size(), kSeed);
    while (scanner.position() < data.size()) {
        const std::uint64_t before = scanner.position();
        const auto found = scanner.next();
        if (found && *found) {
            MILLRACE_ASSERT(scanner.position() == before + (*found)->header.length, "{} after {}", scanner.position(),
                            before);
            const auto frame = data.subspan(before, (*found)->header.length);
            if ((*found)->header.kind == FrameKind::put) (void)decodePut(frame, kSeed).has_value();
            continue;
        }
        const auto next = scanner.find(before + 1);
        if (!next || !*next) return;
        MILLRACE_ASSERT(**next > before && **next < data.size(), "{} after {}", **next, before);
        scanner.moveTo(**next);
    }
}

/// The input as a frame whose checksums are right.
void decodeSealed(fuzz::Input data) {
    if (data.size() < FrameHeader::kBytes) return;
    std::vector<std::uint8_t> frame(data.begin(), data.end());
    std::copy(FrameHeader::kMagic.begin(), FrameHeader::kMagic.end(), frame.begin());
    storeBigEndian(frame.data() + 4, static_cast<std::uint32_t>(frame.size()));
    const auto bodies = loadBigEndian<std::uint32_t>(frame.data() + 32);
    if (bodies > frame.size() - FrameHeader::kBytes) return;
    storeBigEndian(frame.data() + 36, crc32c(std::span(frame).last(bodies), kSeed));
    std::vector<std::uint8_t> head(frame.begin(), frame.end() - static_cast<std::ptrdiff_t>(bodies));
    finishFrame(head, 7, false, kSeed);
    std::copy(head.begin(), head.end(), frame.begin());
    const auto batch = decodePut(frame, kSeed);
    if (!batch) return;
    auto again = encodePut({*batch, 0, static_cast<std::uint32_t>((*batch)->size())}, kSeed);
    MILLRACE_ASSERT(again.has_value(), "{} events cannot be written", (*batch)->size());
    finishFrame(again->head, 7, false, kSeed);
    std::vector<std::uint8_t> written = again->head;
    written.insert(written.end(), again->bodies.begin(), again->bodies.end());
    const auto reread = decodePut(written, kSeed);
    MILLRACE_ASSERT(reread && (*reread)->size() == (*batch)->size(), "{} bytes read otherwise", written.size());
    for (std::size_t i = 0; i < (*batch)->size(); ++i)
        MILLRACE_ASSERT((*reread)->body(i) == (*batch)->body(i) && (*reread)->headers(i) == (*batch)->headers(i),
                        "event {} reads otherwise", i);
}

void decodeSealedCheckpoint(fuzz::Input data) {
    std::vector<std::uint8_t> bytes(data.begin(), data.end());
    bytes.resize(bytes.size() + 4);
    storeBigEndian(bytes.data() + data.size(), crc32c(data));
    const auto checkpoint = Checkpoint::decode(bytes);
    if (!checkpoint) return;
    MILLRACE_ASSERT(checkpoint->ranges.size() * Checkpoint::Range::kBytes < data.size(), "{} ranges",
                    checkpoint->ranges.size());
    MILLRACE_ASSERT(checkpoint->encoded() == bytes, "{} ranges are written otherwise", checkpoint->ranges.size());
}

} // namespace

MILLRACE_FUZZ_TARGET(file_channel_log) {
    walk(data);
    decodeSealed(data);
    decodeSealedCheckpoint(data);
    (void)Checkpoint::decode(data).has_value();
    (void)LogFileHeader::decode(data).has_value();
}
