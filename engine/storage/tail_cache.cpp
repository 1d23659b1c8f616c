#include "storage/tail_cache.h"

#include "base/assertion.h"
#include "base/big_endian.h"
#include "wire/record_batch.h"

#include <algorithm>
#include <atomic>
#include <cstring>

namespace millrace::storage {

namespace {

/// Up to here a batch is copied into a chunk: the copy is cheaper than an entry. So is a larger one that would keep a
/// far larger frame alive, or a client could make the broker hold a hundred times what it counts.
constexpr std::size_t kCopyBytes = 16 * 1024;
constexpr std::size_t kRunBytes = 16 * 1024;
constexpr std::size_t kFirstChunkBytes = 4 * 1024;
constexpr std::size_t kChunkBytes = 64 * 1024;
/// The part of the header that is rewritten: base offset, length, leader epoch.
constexpr std::size_t kPatchedBytes = wire::kMagicAt;

std::atomic<std::size_t> cachedEverywhere = 0;

} // namespace

std::uint8_t* TailCache::room(std::size_t bytes) {
    if (chunkGiven_ + bytes > chunkBytes_) {
        // Small at first: most partitions of a machine are nearly silent.
        chunkBytes_ = std::max(std::min(std::max(chunkBytes_ * 2, kFirstChunkBytes), kChunkBytes), bytes);
        chunk_ = std::make_shared_for_overwrite<std::uint8_t[]>(chunkBytes_);
        chunkUsed_ = chunkGiven_ = 0;
    }
    std::uint8_t* at = chunk_.get() + chunkGiven_;
    chunkGiven_ += bytes;
    return at;
}

TailCache::Patched TailCache::patch(const Bytes& batch, std::int64_t baseOffset, std::int32_t leaderEpoch) {
    const bool copied = batch.size() <= kCopyBytes || batch.heldBytes() > 2 * batch.size();
    const std::size_t size = copied ? batch.size() : kPatchedBytes;
    std::uint8_t* at = room(size);
    std::memcpy(at, batch.data(), size);
    storeBigEndian(at, baseOffset);
    storeBigEndian(at + wire::kLeaderEpochAt, leaderEpoch);
    return {chunk_, {at, size}, copied ? Bytes() : batch.slice(kPatchedBytes)};
}

void TailCache::add(const Patched& batch, std::int64_t baseOffset, std::int64_t lastOffset) {
    const std::size_t size = batch.head.size() + batch.body.size();
    Run* last = runs_.empty() ? nullptr : &runs_.back();
    const bool joins = last && last->chunk == batch.chunk && last->body.empty() && batch.body.empty() &&
                       last->data.data() + last->data.size() == batch.head.data() &&
                       last->data.size() + size <= kRunBytes && last->last + 1 == baseOffset;
    if (joins) {
        last->data = {last->data.data(), last->data.size() + size};
        last->last = lastOffset;
    } else {
        runs_.push_back({baseOffset, lastOffset, batch.chunk, batch.head, batch.body});
    }
    if (batch.chunk == chunk_)
        chunkUsed_ = static_cast<std::size_t>(batch.head.data() + batch.head.size() - chunk_.get());
    bytes_ += size;
    cachedEverywhere += size;
}

void TailCache::abandon() {
    chunkGiven_ = chunkUsed_;
}

void TailCache::dropFirst() {
    const std::size_t size = runs_.front().size();
    bytes_ -= size;
    cachedEverywhere -= size;
    runs_.pop_front();
}

void TailCache::trim() {
    const std::size_t most = cachedEverywhere > kSharedBytes ? kLeastBytes : kMostBytes;
    while (bytes_ > most && runs_.size() > 1)
        dropFirst();
}

void TailCache::clear() {
    while (!runs_.empty())
        dropFirst();
    chunk_.reset();
    chunkBytes_ = chunkUsed_ = chunkGiven_ = 0;
}

/// Where in a run of small batches the one that holds `offset` begins.
std::size_t TailCache::startIn(const Run& run, std::int64_t offset) {
    std::size_t at = 0;
    while (at < run.data.size()) {
        const auto header = wire::readBatchHeader(run.data.subspan(at));
        MILLRACE_ASSERT(header, "the tail cache holds no whole batch at {} of run {}", at, run.first);
        if (header->lastOffset() >= offset) break;
        at += header->sizeBytes;
    }
    return at;
}

ReadResult TailCache::read(std::int64_t offset, std::size_t maxBytes) const {
    ReadResult result;
    auto run =
        std::lower_bound(runs_.begin(), runs_.end(), offset, [](const Run& r, std::int64_t o) { return r.last < o; });
    for (; run != runs_.end(); ++run) {
        const std::size_t left = maxBytes - std::min(maxBytes, result.sizeBytes);
        if (!run->body.empty()) {
            if (run->size() > left && result.sizeBytes > 0) break;
            result.pieces.emplace_back(run->chunk, run->data);
            result.pieces.push_back(run->body);
            result.sizeBytes += run->size();
            continue;
        }
        const std::size_t begin = result.sizeBytes == 0 ? startIn(*run, offset) : 0;
        std::size_t end = begin;
        if (run->data.size() - begin <= left) end = run->data.size();
        while (end < run->data.size()) {
            const auto header = wire::readBatchHeader(run->data.subspan(end));
            const bool first = result.sizeBytes == 0 && end == begin;
            if (!first && end - begin + header->sizeBytes > left) break;
            end += header->sizeBytes;
        }
        if (end == begin) break;
        result.pieces.emplace_back(run->chunk, run->data.subspan(begin, end - begin));
        result.sizeBytes += end - begin;
        if (end < run->data.size()) break;
    }
    return result;
}

} // namespace millrace::storage
