#include "flume/sinks/logger_sink.h"

#include "flume/registry.h"
#include "flume/serializers/text_serializers.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace millrace::flume {
namespace {

constexpr std::size_t kBytesPerLine = 16;

void appendHexLine(std::string_view bytes, std::string& out) {
    for (std::size_t i = 0; i < kBytesPerLine; ++i) {
        if (i < bytes.size())
            fmt::format_to(std::back_inserter(out), " {:02X}", static_cast<unsigned char>(bytes[i]));
        else
            out += "   ";
    }
    out += ' ';
    for (const char c : bytes)
        out += c >= ' ' && c < 127 ? c : '.';
}

} // namespace

std::string describeEvent(const HeaderSet& headers, std::string_view body, std::size_t maxBytes) {
    std::string out = "{ headers:";
    appendHeadersAsJavaMap(headers, out);
    out += " body:";
    const auto shown = body.substr(0, maxBytes);
    for (std::size_t at = 0; at < shown.size(); at += kBytesPerLine) {
        if (at > 0) fmt::format_to(std::back_inserter(out), "\n{:08X}", at);
        appendHexLine(shown.substr(at, kBytesPerLine), out);
    }
    return out + " }";
}

Status LoggerSink::send(std::span<const EventRange> events, std::size_t) {
    const EventRange& range = events.front();
    services().log->write(
        LogLevel::info, services().id,
        "Event: " + describeEvent(range.batch->headers(range.first), range.batch->body(range.first), maxBytes_));
    return ok();
}

Result<std::unique_ptr<Sink>> makeLoggerSink(Settings& settings, const ComponentServices& services) {
    const auto maxBytes = settings.number("maxBytesToLog");
    MILLRACE_TRY(settings.status());
    return std::unique_ptr<Sink>(
        std::make_unique<LoggerSink>(static_cast<std::size_t>(std::max<std::int64_t>(0, maxBytes)), services));
}

MILLRACE_COMPONENT(LoggerSink, "org.apache.flume.sink.LoggerSink", &makeLoggerSink)

} // namespace millrace::flume
