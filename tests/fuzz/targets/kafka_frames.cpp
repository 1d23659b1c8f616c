// A whole request as it comes from a socket: header, tagged fields of the header, and what is left for the message.
#include "fuzz/fuzz_target.h"

#include "base/assertion.h"
#include "wire/messages/header.h"
#include "wire/reader.h"
#include "wire/support/all_messages.h"

#include <array>

namespace millrace::wire {
namespace {

template <typename... Messages>
constexpr auto specsOf(std::type_identity<std::tuple<Messages...>>) {
    return std::to_array<const ApiSpec*>({&Messages::kApi...});
}

} // namespace
} // namespace millrace::wire

MILLRACE_FUZZ_TARGET(kafka_frames) {
    using namespace millrace;
    static constexpr auto kSpecs = wire::specsOf(std::type_identity<wire::AllMessages>{});
    wire::Reader reader(Bytes::copyOf(data), 0, false);
    const wire::RequestHeader header = wire::readRequestHeader(reader);
    if (!reader.status()) return;
    for (const wire::ApiSpec* spec : kSpecs) {
        if (spec->key != header.apiKey || !spec->has(header.apiVersion)) continue;
        wire::endHeader(reader, *spec, header.apiVersion);
        MILLRACE_ASSERT(reader.position() <= data.size(), "at {} of {}", reader.position(), data.size());
        return;
    }
}
