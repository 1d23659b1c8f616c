#pragma once

#include "flume/deserializer.h"
#include "java/java_charset.h"

#include <optional>
#include <string>
#include <string_view>

namespace millrace::flume {

/// The text of lines: from the charset of the file to that of the bodies. One thread.
class LineText {
public:
    /// An error when this computer cannot convert one of the charsets.
    static Result<LineText> make(const java::JavaCharset& input, DecodeErrors errors, const java::JavaCharset& output);

    /// How many bytes at the beginning of `line` are `most` characters (as Java counts) at most.
    std::size_t bytesOf(std::string_view line, std::size_t most);
    /// The body, good until the next call. An error says what is no text, and what to do.
    Result<std::string_view> decoded(std::string_view line);

private:
    LineText(std::string_view charset, DecodeErrors errors) : charset_(charset), errors_(errors) {}
    void repairUtf8(std::string_view line);
    void readByDecoder(std::string_view line);

    std::string_view charset_; ///< its name, static
    DecodeErrors errors_;
    std::optional<java::CharsetDecoder> decoder_; ///< absent: UTF-8
    std::optional<java::CharsetEncoder> encoder_; ///< absent: UTF-8
    std::string text_, encoded_;                  ///< used again and again
};

} // namespace millrace::flume
