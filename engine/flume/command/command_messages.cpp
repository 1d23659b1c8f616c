#include "flume/command/command_messages.h"

#include "base/base64.h"
#include "base/sentences.h"
#include "flume/support/event_json.h"
#include "flume/support/header_limit.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fmt/core.h>

#include <algorithm>

namespace millrace::flume {

namespace {

namespace json = boost::json;

constexpr std::size_t kLengthBytes = 4;
constexpr char kEventFrame = 'E';
constexpr char kNoteFrame = 'M';

void appendLength(std::size_t length, std::string& out) {
    for (const int shift : {24, 16, 8, 0})
        out += static_cast<char>(length >> shift & 0xFF);
}

/// Precondition: four bytes are there.
std::size_t lengthAt(std::string_view text) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < kLengthBytes; ++i)
        length = length << 8 | static_cast<unsigned char>(text[i]);
    return length;
}

Error broken(std::string why) {
    return {ErrorCode::protocol, std::move(why), false};
}

Result<HeaderSetPtr> readHeaders(const json::value& value) {
    const json::object* object = value.if_object();
    if (!object) return broken("its headers are no object");
    if (object->empty()) return HeaderSetPtr();
    if (Status few = checkHeaderCount(object->size()); !few) return broken(few.error().message);
    std::vector<std::pair<std::string, std::string>> entries;
    for (const auto& [name, text] : *object) {
        if (!text.is_string()) return broken(fmt::format("the header {} is no string", std::string_view(name)));
        entries.emplace_back(std::string(name), std::string(text.get_string()));
    }
    return HeaderSetPtr(std::make_shared<const HeaderSet>(std::move(entries)));
}

Result<std::string> readBody(std::string_view name, const json::value& value) {
    if (!value.is_string()) return broken(fmt::format("its {} is no string", name));
    const std::string_view text = value.get_string();
    if (name == "body") return std::string(text);
    auto bytes = fromBase64(text);
    if (!bytes) return broken("its body64 is no base64");
    return std::move(*bytes);
}

Result<CommandMessage> readEvent(const json::object& object) {
    CommandEvent event;
    for (const auto& [name, value] : object) {
        if (name == "headers") {
            auto headers = readHeaders(value);
            if (!headers) return std::move(headers).error();
            event.headers = std::move(*headers);
        } else if (name == "body" || name == "body64") {
            auto body = readBody(name, value);
            if (!body) return std::move(body).error();
            event.body = std::move(*body);
        } else {
            return broken(fmt::format("it has a member {}; an event has headers and body or body64",
                                      shortened(std::string(name))));
        }
    }
    return CommandMessage(std::move(event));
}

Result<CommandMessage> readJson(std::string_view text) {
    boost::system::error_code error;
    const json::value value = json::parse(json::string_view(text.data(), text.size()), error);
    if (error) return broken(fmt::format("it is no JSON ({})", error.message()));
    if (value.is_null()) return CommandMessage(CommandNote{});
    const json::object* object = value.if_object();
    if (!object) return broken("it is no object");
    if (const auto* ack = object->if_contains("ack")) {
        if (!ack->is_int64() || ack->get_int64() < 0) return broken("its ack is no number of events");
        return CommandMessage(CommandNote{CommandNote::Kind::ack, static_cast<std::uint64_t>(ack->get_int64()), {}});
    }
    if (const auto* why = object->if_contains("error")) {
        if (!why->is_string()) return broken("its error is no string");
        return CommandMessage(CommandNote{CommandNote::Kind::error, 0, std::string(why->get_string())});
    }
    return readEvent(*object);
}

Result<CommandMessage> readFrame(std::string_view frame) {
    const char kind = frame.empty() ? '\0' : frame.front();
    if (kind == kNoteFrame) return readJson(frame.substr(1));
    if (kind != kEventFrame) return broken("its frame begins neither with E nor with M");
    frame.remove_prefix(1);
    if (frame.size() < kLengthBytes || lengthAt(frame) > frame.size() - kLengthBytes)
        return broken("its headers are longer than its frame");
    const std::size_t length = lengthAt(frame);
    CommandEvent event;
    if (length > 0) {
        const auto text = frame.substr(kLengthBytes, length);
        boost::system::error_code error;
        const json::value value = json::parse(json::string_view(text.data(), text.size()), error);
        if (error) return broken(fmt::format("its headers are no JSON ({})", error.message()));
        auto headers = readHeaders(value);
        if (!headers) return std::move(headers).error();
        event.headers = std::move(*headers);
    }
    event.body = frame.substr(kLengthBytes + length);
    return CommandMessage(std::move(event));
}

Result<std::optional<CommandMessage>> optionally(Result<CommandMessage> message) {
    if (!message) return std::move(message).error();
    return std::optional(std::move(*message));
}

Error tooLong(std::size_t longest) {
    return broken(fmt::format("it is longer than {} bytes", longest));
}

} // namespace

void appendCommandEvent(CommandFormat format, const HeaderSet& headers, std::string_view body, std::string& out) {
    if (format == CommandFormat::frames) {
        std::string text;
        if (!headers.empty()) appendHeadersJson(headers, text);
        appendLength(1 + kLengthBytes + text.size() + body.size(), out);
        out += kEventFrame;
        appendLength(text.size(), out);
        out.append(text).append(body);
        return;
    }
    appendEventJson(headers, body, out);
    out += '\n';
}

void appendCommandNote(CommandFormat format, std::string_view name, std::uint64_t count, std::string& out) {
    const std::string text = fmt::format("{{\"{}\":{}}}", name, count);
    if (format == CommandFormat::json) {
        out.append(text).append("\n");
        return;
    }
    appendLength(1 + text.size(), out);
    out += kNoteFrame;
    out += text;
}

void CommandReader::add(std::string_view bytes) {
    text_.erase(0, used_);
    used_ = 0;
    text_ += bytes;
}

Result<std::optional<CommandMessage>> CommandReader::next() {
    return format_ == CommandFormat::json ? nextLine() : nextFrame();
}

Result<std::optional<CommandMessage>> CommandReader::nextLine() {
    const std::string_view left = rest();
    const auto end = left.find('\n', searched_);
    if (end == std::string_view::npos) {
        searched_ = left.size();
        if (left.size() > longest_) return tooLong(longest_);
        return std::optional<CommandMessage>();
    }
    searched_ = 0;
    used_ += end + 1;
    if (end > longest_) return tooLong(longest_);
    std::string_view line = left.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return optionally(readJson(line));
}

Result<std::optional<CommandMessage>> CommandReader::nextFrame() {
    const std::string_view left = rest();
    if (left.size() < kLengthBytes) return std::optional<CommandMessage>();
    const std::size_t length = lengthAt(left);
    if (length > longest_) return tooLong(longest_);
    if (left.size() - kLengthBytes < length) return std::optional<CommandMessage>();
    used_ += kLengthBytes + length;
    return optionally(readFrame(left.substr(kLengthBytes, length)));
}

} // namespace millrace::flume
