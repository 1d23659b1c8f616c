// Lines of netcat: wherever the stream is cut (bytes 0 and 1 say how, and in which charset), the same lines and the
// same refusal of a line that is too long come out.
#include "fuzz/line_source.h"

#include "base/assertion.h"
#include "flume/sources/netcat_source.h"

namespace {

using namespace millrace;
using namespace millrace::flume;

struct Lines {
    std::vector<std::string> bodies;
    bool tooLong = false;
    bool operator==(const Lines&) const = default;
};

Lines linesOf(fuzz::LineServices& services, const NetcatOptions& options, fuzz::Input stream, std::size_t step) {
    const auto queue = std::make_shared<NetcatSource::Queue>(1u << 20, services.loop, services.wakeUp);
    fuzz::feed(*makeNetcatConnection(options, queue, services.services), services.loop, stream, step);
    Lines lines;
    while (const auto received = queue->pop()) {
        MILLRACE_ASSERT(!lines.tooLong, "lines behind one that is too long");
        lines.tooLong = received->tooLong;
        for (std::size_t i = 0; received->batch && i < received->batch->size(); ++i)
            lines.bodies.emplace_back(received->batch->body(i));
    }
    return lines;
}

} // namespace

MILLRACE_FUZZ_TARGET(netcat_lines) {
    if (data.size() < 3) return;
    static fuzz::LineServices services;
    NetcatOptions options;
    options.maxLineLength = 50;
    if (data[1] % 2 == 1) options.charset = java::findCharset("GB18030");
    const fuzz::Input stream = data.subspan(2);
    const Lines whole = linesOf(services, options, stream, stream.size());
    const Lines cut = linesOf(services, options, stream, std::size_t{data[0]} % 17 + 1);
    MILLRACE_ASSERT(whole == cut, "{} lines in one piece, {} cut", whole.bodies.size(), cut.bodies.size());
}
