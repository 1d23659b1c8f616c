// An event in Avro's binary form: what can be read can be written, and reads as the same.
#include "fuzz/fuzz_target.h"

#include "base/assertion.h"
#include "rpc/avro_event.h"
#include "rpc/avro_writer.h"

namespace {

using namespace millrace;

std::vector<std::pair<std::string, std::string>> headersOf(const rpc::AvroEvent& event) {
    std::vector<std::pair<std::string, std::string>> headers;
    event.headers.forEach([&](std::string_view key, std::string_view value) { headers.emplace_back(key, value); });
    return headers;
}

} // namespace

MILLRACE_FUZZ_TARGET(avro_events) {
    const auto event = rpc::decodeAvroEvent({reinterpret_cast<const char*>(data.data()), data.size()});
    if (!event) return;
    const auto headers = headersOf(*event);
    std::string written;
    rpc::encodeAvroEvent(headers, event->body, written);
    const auto again = rpc::decodeAvroEvent(written);
    MILLRACE_ASSERT(again && again->body == event->body && headersOf(*again) == headers, "{} bytes read otherwise",
                    written.size());
}
