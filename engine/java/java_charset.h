#pragma once

#include "base/result.h"

#include <memory>
#include <string>
#include <string_view>

namespace millrace::java {

/// A charset that Java 17 knows.
struct JavaCharset {
    std::string_view name;      ///< Java's own: "GBK", "windows-1252"
    std::string_view converter; ///< what iconv calls it; empty when it has none
    std::string_view aliases;   ///< further names, with blanks between
};

/// By name or alias, in any letter case, as Charset.forName(). Null: Java throws.
const JavaCharset* findCharset(std::string_view name);

/// Bytes of a charset into text, as an InputStreamReader does: in pieces of any length, and what is malformed becomes
/// U+FFFD. One thread at a time.
class CharsetDecoder {
public:
    /// An error when this computer cannot convert the charset.
    static Result<CharsetDecoder> of(const JavaCharset& charset);
    CharsetDecoder(CharsetDecoder&&) noexcept;
    CharsetDecoder& operator=(CharsetDecoder&&) noexcept;
    ~CharsetDecoder();

    /// Appends the text, in UTF-8. The beginning of a character that is not complete waits for the next call.
    void decode(std::string_view bytes, std::string& out);
    /// Nothing follows: what is not complete is malformed. The next decode() begins anew.
    void finish(std::string& out);

private:
    struct State;
    explicit CharsetDecoder(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Text into bytes of a charset, as String.getBytes() does: what the charset has not becomes '?'. One thread at a time.
class CharsetEncoder {
public:
    static Result<CharsetEncoder> of(const JavaCharset& charset);
    CharsetEncoder(CharsetEncoder&&) noexcept;
    CharsetEncoder& operator=(CharsetEncoder&&) noexcept;
    ~CharsetEncoder();

    /// Appends the bytes of `text`, valid UTF-8, complete in themselves.
    void encode(std::string_view text, std::string& out);

private:
    struct State;
    explicit CharsetEncoder(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace millrace::java
