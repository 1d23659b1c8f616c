#include "flume/support/bzip2.h"

#include "base/assertion.h"

#include <bzlib.h>

#include <memory>

namespace millrace::flume {

void appendBzip2(std::string_view piece, std::string& out) {
    constexpr std::size_t kRoomStep = 64 * 1024;
    constexpr int kBlockSize = 9, kQuiet = 0, kUsualWork = 0;
    bz_stream stream{};
    const int begun = ::BZ2_bzCompressInit(&stream, kBlockSize, kQuiet, kUsualWork);
    MILLRACE_ASSERT(begun == BZ_OK, "bzip2 cannot begin: {}", begun);
    stream.next_in = const_cast<char*>(piece.data()); // NOLINT: bzip2 only reads it
    stream.avail_in = static_cast<unsigned>(piece.size());
    int state = BZ_FINISH_OK;
    while (state == BZ_FINISH_OK) {
        const std::size_t filled = out.size();
        out.resize(filled + kRoomStep);
        stream.next_out = out.data() + filled;
        stream.avail_out = static_cast<unsigned>(kRoomStep);
        state = ::BZ2_bzCompress(&stream, BZ_FINISH);
        out.resize(filled + (kRoomStep - stream.avail_out));
    }
    ::BZ2_bzCompressEnd(&stream);
    MILLRACE_ASSERT(state == BZ_STREAM_END, "bzip2 did not end: {}", state);
}

bool expandBzip2(std::string_view stream, std::size_t most, std::string& out) {
    constexpr std::size_t kRoomStep = 64 * 1024;
    bz_stream state{};
    const int begun = BZ2_bzDecompressInit(&state, 0, 0);
    MILLRACE_ASSERT(begun == BZ_OK, "bzip2 cannot begin: {}", begun);
    const std::unique_ptr<bz_stream, decltype(&BZ2_bzDecompressEnd)> owner(&state, &BZ2_bzDecompressEnd);
    state.next_in = const_cast<char*>(stream.data()); // NOLINT: bzip2 only reads it
    state.avail_in = static_cast<unsigned>(stream.size());
    out.clear();
    for (int result = BZ_OK; result != BZ_STREAM_END && out.size() <= most;) {
        const std::size_t have = out.size();
        out.resize(have + kRoomStep);
        state.next_out = out.data() + have;
        state.avail_out = kRoomStep;
        result = BZ2_bzDecompress(&state);
        out.resize(out.size() - state.avail_out);
        const bool cutOff = result == BZ_OK && state.avail_in == 0 && state.avail_out > 0;
        if ((result != BZ_OK && result != BZ_STREAM_END) || cutOff) return false;
    }
    return true;
}

} // namespace millrace::flume
