// Lines of syslog: wherever the stream is cut (byte 0 says how), both parsers make the same events of it; what a
// message is made of stands in its line.
#include "fuzz/line_source.h"

#include "base/assertion.h"
#include "flume/sources/syslog/strict_syslog_parser.h"
#include "flume/sources/syslog/syslog_intake.h"
#include "flume/sources/syslog/syslog_parser.h"

namespace {

using namespace millrace;
using namespace millrace::flume;

constexpr std::size_t kEventSize = 100;

class Kept final : public ChannelProcessor {
public:
    using ChannelProcessor::process;
    Status process(EventRanges events) override {
        for (const EventRange& range : events)
            for (std::uint32_t i = range.first; i < range.last; ++i) {
                bodies.emplace_back(range.batch->body(i));
                // "-" stands for now, which goes on.
                headers.push_back(range.batch->headers(i).without("timestamp"));
            }
        return ok();
    }
    std::vector<Status> processEach(const EventRange&) override { return {}; }
    std::vector<std::string> bodies;
    std::vector<HeaderSet> headers;
};

Kept eventsOf(fuzz::LineServices& services, SyslogLines& lines, fuzz::Input stream, std::size_t step) {
    SyslogStream options;
    options.intake =
        std::make_shared<SyslogIntake>(SyslogHeaders::Names::capitals, services.services, ReceivedBatches::Prepare());
    options.lines = std::shared_ptr<SyslogLines>(&lines, [](SyslogLines*) {});
    options.eventSize = kEventSize;
    options.batchSize = std::make_shared<const std::atomic<std::size_t>>(7);
    options.more = [](const net::Address&) { return nullptr; };
    fuzz::feed(*makeSyslogConnection(options), services.loop, stream, step);
    Kept kept;
    while (!options.intake->batches().empty())
        (void)options.intake->batches().deliver(kept);
    return kept;
}

void compare(fuzz::LineServices& services, SyslogLines& lines, fuzz::Input data) {
    const fuzz::Input stream = data.subspan(1);
    const Kept whole = eventsOf(services, lines, stream, stream.size());
    const Kept cut = eventsOf(services, lines, stream, std::size_t{data[0]} % 17 + 1);
    MILLRACE_ASSERT(whole.bodies == cut.bodies, "{} bodies in one piece, {} cut", whole.bodies.size(),
                    cut.bodies.size());
    MILLRACE_ASSERT(whole.headers == cut.headers, "{} events have other headers", whole.headers.size());
}

void parse(SyslogLines& lines, std::string_view line) {
    const auto message = lines.parse(line, false, 1'800'000'000'000);
    MILLRACE_ASSERT(line.ends_with(message.body), "the body is not of the line");
    if (message.status == SyslogMessage::Status::invalid)
        MILLRACE_ASSERT(message.body == line && message.host.empty() && !message.timestamp,
                        "an invalid line has fields");
    else
        MILLRACE_ASSERT(line.find(message.host) != std::string_view::npos, "the host is not of the line");
}

} // namespace

MILLRACE_FUZZ_TARGET(syslog_lines) {
    if (data.size() < 2) return;
    static fuzz::LineServices services;
    static SyslogParser lenient({}, {});
    static SyslogParser keeping(KeptFields::of("priority version timestamp hostname"), {});
    static const auto strict = StrictSyslogParser::make({}, *java::findCharset("UTF-8"));
    static const auto gbk = StrictSyslogParser::make({}, *java::findCharset("GBK"));
    parse(lenient, {reinterpret_cast<const char*>(data.data()), data.size()});
    parse(**strict, {reinterpret_cast<const char*>(data.data()), data.size()});
    for (SyslogLines* lines : std::initializer_list<SyslogLines*>{&lenient, &keeping, strict->get(), gbk->get()})
        compare(services, *lines, data);
}
