#include "flume/deserializers/line_text.h"

#include "base/utf8.h"
#include "flume/support/charset.h"
#include "java/java_utf8.h"

#include <fmt/core.h>

namespace millrace::flume {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Of UTF-8.
std::size_t bytesOfUtf8(std::string_view line, std::size_t most) {
    std::size_t characters = 0, at = 0;
    for (; at < line.size(); ++at) {
        if (java::isUtf8Continuation(line[at])) continue;
        // Beyond the first plane: a surrogate pair.
        characters += static_cast<unsigned char>(line[at]) >= 0xf0 ? 2 : 1;
        if (characters > most) break;
    }
    // One character is taken in any case.
    if (at > 0) return at;
    while (++at < line.size() && java::isUtf8Continuation(line[at])) {
    }
    return at;
}

void removeAll(std::string& text, std::string_view what) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at))
        text.erase(at, what.size());
}

} // namespace

Result<LineText> LineText::make(const java::JavaCharset& input, DecodeErrors errors, const java::JavaCharset& output) {
    LineText text(input.name, errors);
    if (input.name != "UTF-8") {
        auto decoder = java::CharsetDecoder::of(input);
        if (!decoder) return std::move(decoder).error();
        text.decoder_ = std::move(*decoder);
    }
    if (output.name != "UTF-8") {
        auto encoder = java::CharsetEncoder::of(output);
        if (!encoder) return std::move(encoder).error();
        text.encoder_ = std::move(*encoder);
    }
    return text;
}

std::size_t LineText::bytesOf(std::string_view line, std::size_t most) {
    if (line.size() <= most) return line.size(); // none takes less than a byte
    if (!decoder_) return bytesOfUtf8(line, most);
    std::size_t whole = 0, characters = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        text_.clear();
        decoder_->decode(line.substr(i, 1), text_);
        characters += javaLength(text_);
        if (characters > most && whole > 0) break;
        whole = i + 1;
        if (characters == most) break;
    }
    text_.clear();
    decoder_->finish(text_);
    return whole;
}

void LineText::repairUtf8(std::string_view line) {
    text_.clear();
    if (errors_ == DecodeErrors::replace) {
        text_ = java::withoutMalformedUtf8(line);
        return;
    }
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t begin = at;
        if (nextCodePoint(line, at) != kBrokenUtf8) text_ += line.substr(begin, at - begin);
    }
}

void LineText::readByDecoder(std::string_view line) {
    text_.clear();
    decoder_->decode(line, text_);
    decoder_->finish(text_);
    if (errors_ == DecodeErrors::ignore) removeAll(text_, kReplacement);
}

Result<std::string_view> LineText::decoded(std::string_view line) {
    std::string_view text = line;
    bool valid = true;
    if (decoder_) {
        readByDecoder(line);
        text = text_;
        valid = text.find(kReplacement) == std::string_view::npos;
    } else if (!isUtf8(line)) {
        repairUtf8(line);
        text = text_;
        valid = false;
    }
    if (!valid && errors_ == DecodeErrors::fail)
        return Error{
            ErrorCode::corrupt,
            fmt::format("the line is no text in {}; set inputCharset, or decodeErrorPolicy = REPLACE", charset_),
            false};
    if (!encoder_) return text;
    encoded_.clear();
    encoder_->encode(text, encoded_);
    return std::string_view(encoded_);
}

} // namespace millrace::flume
