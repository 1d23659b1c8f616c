// What a command of the user's writes, in pieces: an event that can be read can be written, and reads as the same.
#include "fuzz/fuzz_target.h"

#include "base/assertion.h"
#include "flume/command/command_messages.h"

namespace {

using namespace millrace;
using namespace millrace::flume;

void readsAsItself(CommandFormat format, const CommandEvent& event) {
    const HeaderSet headers = event.headers ? *event.headers : HeaderSet();
    std::string written;
    appendCommandEvent(format, headers, event.body, written);
    CommandReader reader(format);
    reader.add(written);
    const auto again = reader.next();
    // In JSON it may have become longer than a message may be.
    if (!again && written.size() > CommandReader::kLongestMessage) return;
    MILLRACE_ASSERT(again && *again && reader.empty(), "{} bytes are no message", written.size());
    const auto& read = std::get<CommandEvent>(**again);
    MILLRACE_ASSERT(read.body == event.body && (read.headers ? *read.headers : HeaderSet()) == headers,
                    "{} bytes read otherwise", written.size());
}

} // namespace

MILLRACE_FUZZ_TARGET(command_messages) {
    if (data.empty()) return;
    const auto format = data[0] % 2 == 0 ? CommandFormat::json : CommandFormat::frames;
    const std::string_view text(reinterpret_cast<const char*>(data.data()) + 1, data.size() - 1);
    CommandReader reader(format);
    const std::size_t piece = 1 + data[0] / 2u;
    for (std::size_t at = 0; at < text.size(); at += piece) {
        reader.add(text.substr(at, piece));
        for (;;) {
            const auto message = reader.next();
            if (!message) return;
            if (!*message) break;
            if (const auto* event = std::get_if<CommandEvent>(&**message)) readsAsItself(format, *event);
        }
    }
}
