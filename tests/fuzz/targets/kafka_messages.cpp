// Every message of the protocol: byte 0 chooses which, byte 1 its version. What can be read is written and read again.
#include "fuzz/fuzz_target.h"

#include "base/assertion.h"
#include "wire/reader.h"
#include "wire/support/all_messages.h"
#include "wire/writer.h"

#include <array>

namespace millrace::wire {
namespace {

template <typename Message>
Bytes written(const Message& message, Version version) {
    Writer writer(version, Message::kApi.flexible(version));
    writer.field(message);
    std::vector<std::uint8_t> all;
    for (const Bytes& piece : writer.finish()) all.insert(all.end(), piece.data(), piece.data() + piece.size());
    return Bytes(std::move(all));
}

template <typename Message>
bool read(const Bytes& bytes, Version version, Message& message) {
    Reader reader(bytes, version, Message::kApi.flexible(version));
    reader.field(message);
    return reader.finish().has_value();
}

template <typename Message>
void tryMessage(Version seed, const Bytes& bytes) {
    const Version version = static_cast<Version>(Message::kApi.min + seed % (Message::kApi.max - Message::kApi.min + 1));
    Message message;
    if (!read(bytes, version, message)) return;
    const Bytes once = written(message, version);
    Message again;
    MILLRACE_ASSERT(read(once, version, again), "{} v{}: what was written cannot be read", Message::kApi.name, version);
    MILLRACE_ASSERT(written(again, version) == once, "{} v{}: written twice, two results", Message::kApi.name, version);
}

template <typename... Messages>
constexpr auto triesOf(std::type_identity<std::tuple<Messages...>>) {
    return std::to_array<void (*)(Version, const Bytes&)>({&tryMessage<Messages>...});
}

} // namespace
} // namespace millrace::wire

MILLRACE_FUZZ_TARGET(kafka_messages) {
    using namespace millrace;
    static constexpr auto kTries = wire::triesOf(std::type_identity<wire::AllMessages>{});
    if (data.size() < 2) return;
    kTries[data[0] % kTries.size()](static_cast<wire::Version>(data[1]), Bytes::copyOf(data.subspan(2)));
}
