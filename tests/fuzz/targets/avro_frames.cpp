// A stream of Avro's transport: wherever it is cut (byte 0 says how), the same messages come out.
#include "fuzz/fuzz_target.h"

#include "base/assertion.h"
#include "rpc/avro_frames.h"

#include <algorithm>

namespace {

using namespace millrace;

std::vector<std::vector<std::uint8_t>> messagesOf(fuzz::Input stream, std::size_t step, bool& refused) {
    rpc::AvroMessageAssembler assembler(64 * 1024);
    std::vector<std::vector<std::uint8_t>> messages;
    for (std::size_t at = 0; at < stream.size() && !refused; at += step) {
        auto piece = stream.subspan(at, std::min(step, stream.size() - at));
        while (!piece.empty()) {
            const auto message = assembler.next(piece);
            if (!message) {
                refused = true;
                break;
            }
            if (!*message) break;
            messages.emplace_back((*message)->body.begin(), (*message)->body.end());
        }
    }
    return messages;
}

} // namespace

MILLRACE_FUZZ_TARGET(avro_frames) {
    if (data.size() < 2) return;
    const fuzz::Input stream = data.subspan(1);
    bool refusedWhole = false, refusedCut = false;
    const auto whole = messagesOf(stream, stream.size(), refusedWhole);
    const auto cut = messagesOf(stream, std::size_t{data[0]} % 17 + 1, refusedCut);
    MILLRACE_ASSERT(refusedWhole == refusedCut, "refused in one piece {}, cut {}", refusedWhole, refusedCut);
    MILLRACE_ASSERT(whole == cut, "{} messages in one piece, {} cut", whole.size(), cut.size());
}
