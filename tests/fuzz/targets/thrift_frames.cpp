// A stream of Thrift calls: wherever it is cut (byte 0 says how, and in which protocol), the same frames come out; and
// what is in a frame is read by every service without harm, each event with headers that can be gone through.
#include "fuzz/checking_sink.h"
#include "fuzz/fuzz_target.h"

#include "base/assertion.h"
#include "rpc/thrift_frames.h"
#include "rpc/thrift_message_end.h"
#include "rpc/thrift_service.h"

#include <algorithm>
#include <vector>

namespace {

using namespace millrace;

using Frames = std::vector<std::vector<std::uint8_t>>;

Frames framesOf(fuzz::Input stream, std::size_t step, bool& refused) {
    rpc::ThriftFrames cutter(64 * 1024);
    Frames frames;
    for (std::size_t at = 0; at < stream.size() && !refused; at += step) {
        auto piece = stream.subspan(at, std::min(step, stream.size() - at));
        while (!piece.empty()) {
            const auto frame = cutter.next(piece);
            if (!frame) {
                refused = true;
                break;
            }
            if (!*frame) break;
            frames.emplace_back((*frame)->begin(), (*frame)->end());
        }
    }
    return frames;
}

/// Without frames: the end of the first message; 0 where there is none, -1 where it is no message.
long endOf(fuzz::Input stream, std::size_t step) {
    rpc::ThriftMessageEnd end;
    for (std::size_t size = std::min(step, stream.size());; size = std::min(size + step, stream.size())) {
        const auto found = end.find(stream.first(size));
        if (!found) return -1;
        if (*found || size == stream.size()) return static_cast<long>(found->value_or(0));
    }
}

void readAs(rpc::ThriftService service, fuzz::Input frame, rpc::ThriftProtocol protocol) {
    for (const rpc::ThriftMethod& method : service) {
        rpc::ThriftReader reader(frame, protocol);
        (void)reader.readMessage();
        fuzz::CheckingSink sink;
        const std::size_t events = method.read(reader, sink);
        if (reader.status()) MILLRACE_ASSERT(events == sink.events, "{} events told, {} came", events, sink.events);
    }
}

} // namespace

MILLRACE_FUZZ_TARGET(thrift_frames) {
    if (data.size() < 2) return;
    const fuzz::Input stream = data.subspan(1);
    const auto protocol = (data[0] & 0x80) != 0 ? rpc::ThriftProtocol::binary : rpc::ThriftProtocol::compact;
    bool refusedWhole = false, refusedCut = false;
    const Frames whole = framesOf(stream, stream.size(), refusedWhole);
    const Frames cut = framesOf(stream, std::size_t{data[0]} % 17 + 1, refusedCut);
    MILLRACE_ASSERT(refusedWhole == refusedCut, "refused in one piece {}, cut {}", refusedWhole, refusedCut);
    MILLRACE_ASSERT(whole == cut, "{} frames in one piece, {} cut", whole.size(), cut.size());
    const long endWhole = endOf(stream, stream.size()), endCut = endOf(stream, std::size_t{data[0]} % 17 + 1);
    MILLRACE_ASSERT(endWhole == endCut, "a message ends at {} in one piece, at {} cut", endWhole, endCut);
    for (const auto& frame : whole) {
        readAs(rpc::flumeThriftService(), frame, protocol);
        readAs(rpc::scribeThriftService(), frame, protocol);
        // Its headers are read again from memory, always in the binary protocol.
        readAs(rpc::oldFlumeThriftService(), frame, rpc::ThriftProtocol::binary);
    }
}
