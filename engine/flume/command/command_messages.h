#pragma once

#include "base/result.h"
#include "flume/event_batch.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace millrace::flume {

/// How a command of the user's and an agent write to each other (docs/custom-components.md).
enum class CommandFormat {
    json,   ///< one JSON value a line
    frames, ///< length (4 bytes, high ones first), 'E' for an event or 'M' for another message, then what it is made of
};

struct CommandEvent {
    HeaderSetPtr headers; ///< null: none
    std::string body;
};
/// What is no event.
struct CommandNote {
    enum class Kind {
        nothing, ///< null: the event that is answered is dropped
        ack,     ///< {"ack": count}
        error,   ///< {"error": text}
    };
    Kind kind = Kind::nothing;
    std::uint64_t count = 0;
    std::string text;
};
using CommandMessage = std::variant<CommandEvent, CommandNote>;

/// Appends what the other side reads as this event. A body that is no UTF-8 goes as base64 in JSON.
void appendCommandEvent(CommandFormat format, const HeaderSet& headers, std::string_view body, std::string& out);
/// Appends {"name": count}.
void appendCommandNote(CommandFormat format, std::string_view name, std::uint64_t count, std::string& out);

/// Cuts what a command printed into messages. One thread.
class CommandReader {
public:
    static constexpr std::size_t kLongestMessage = 16u << 20; ///< beyond what an answer needs
    explicit CommandReader(CommandFormat format) : format_(format) {}

    /// The command was sent a message of `bytes`: an answer may have it with other headers and in another notation, and
    /// be kLongestMessage and three times as long.
    void answers(std::size_t bytes) { longest_ = std::max(longest_, kLongestMessage + 3 * bytes); }

    void add(std::string_view bytes);
    /// The next message; nothing when none is complete. Error protocol: says which message is wrong and why. What comes
    /// behind a wrong one cannot be relied upon.
    Result<std::optional<CommandMessage>> next();
    /// True when nothing is left, not even the beginning of a message.
    bool empty() const { return used_ == text_.size(); }

private:
    std::string_view rest() const { return std::string_view(text_).substr(used_); }
    Result<std::optional<CommandMessage>> nextLine();
    Result<std::optional<CommandMessage>> nextFrame();

    const CommandFormat format_;
    std::size_t longest_ = kLongestMessage;
    std::string text_;
    std::size_t used_ = 0;
    std::size_t searched_ = 0; ///< of rest(): holds no end of a line
};

} // namespace millrace::flume
