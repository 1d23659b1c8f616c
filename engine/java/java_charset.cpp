#include "java/java_charset.h"

#include "java/java_charset_table.h"
#include "java/java_utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <iconv.h>
#include <optional>
#include <utility>

namespace millrace::java {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD"; // U+FFFD

/// A descriptor of iconv, closed at the end.
class Converter {
public:
    static std::optional<Converter> open(const std::string& to, const std::string& from) {
        iconv_t handle = ::iconv_open(to.c_str(), from.c_str());
        if (handle == reinterpret_cast<iconv_t>(-1)) return std::nullopt; // NOLINT: how iconv says no
        return Converter(handle);
    }
    Converter(Converter&& other) noexcept : handle_(other.handle_), open_(std::exchange(other.open_, false)) {}
    Converter& operator=(Converter&& other) noexcept {
        std::swap(handle_, other.handle_);
        std::swap(open_, other.open_);
        return *this;
    }
    ~Converter() {
        if (open_) ::iconv_close(handle_);
    }

    void reset() { ::iconv(handle_, nullptr, nullptr, nullptr, nullptr); }

    /// Appends what leads back to the initial state.
    void finish(std::string& out) {
        std::array<char, 16> buffer{};
        char* to = buffer.data();
        std::size_t room = buffer.size();
        ::iconv(handle_, nullptr, nullptr, &to, &room);
        out.append(buffer.data(), buffer.size() - room);
    }

    /// Appends what `in` becomes up to the first trouble, takes that much away from it, and says why it stopped: 0 at
    /// the end, EINVAL within a character, EILSEQ where there is none.
    int convert(std::string_view& in, std::string& out) {
        std::array<char, 4096> buffer{};
        while (true) {
            char* from = const_cast<char*>(in.data()); // NOLINT: iconv only reads it
            char* to = buffer.data();
            std::size_t left = in.size(), room = buffer.size();
            const bool whole = ::iconv(handle_, &from, &left, &to, &room) != static_cast<std::size_t>(-1);
            const int why = whole ? 0 : errno;
            out.append(buffer.data(), buffer.size() - room);
            in.remove_prefix(in.size() - left);
            if (why != E2BIG) return why;
        }
    }

private:
    explicit Converter(iconv_t handle) : handle_(handle) {}
    iconv_t handle_;
    bool open_ = true;
};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool isAlias(const JavaCharset& charset, std::string_view name) {
    const auto same = [](char a, char b) { return lower(a) == lower(b); };
    if (std::ranges::equal(charset.name, name, same)) return true;
    std::string_view rest = charset.aliases;
    while (!rest.empty()) {
        const std::string_view alias = rest.substr(0, rest.find(' '));
        if (std::ranges::equal(alias, name, same)) return true;
        rest.remove_prefix(std::min(rest.size(), alias.size() + 1));
    }
    return false;
}

Error noConverter(const JavaCharset& charset) {
    return Error{ErrorCode::unsupported, fmt::format("this computer cannot convert the charset {}", charset.name),
                 false};
}

/// GBK is what GB18030 writes in two bytes; the four bytes of all else become '?'.
void keepTwoByteCharacters(std::string& bytes, std::size_t from) {
    std::size_t kept = from;
    for (std::size_t at = from; at < bytes.size();) {
        const bool wide = (bytes[at] & 0x80) != 0 && at + 1 < bytes.size();
        const bool four = wide && bytes[at + 1] >= '0' && bytes[at + 1] <= '9';
        bytes[kept++] = four ? '?' : bytes[at];
        if (wide && !four) bytes[kept++] = bytes[at + 1];
        at += four ? 4 : wide ? 2 : 1;
    }
    bytes.resize(kept);
}

bool isUtf16(const JavaCharset& charset) {
    return charset.name == "UTF-16";
}

} // namespace

const JavaCharset* findCharset(std::string_view name) {
    const auto found = std::ranges::find_if(kCharsets, [&](const JavaCharset& one) { return isAlias(one, name); });
    return found == std::end(kCharsets) ? nullptr : &*found;
}

struct CharsetDecoder::State {
    Converter converter;
    std::string encoding;        ///< of `converter`
    bool findsByteOrder = false; ///< UTF-16: the first two bytes may say which
    bool begun = false;
    std::string rest; ///< of a character that is not complete

    void chooseByteOrder(std::string_view& bytes) {
        begun = true;
        const bool little = bytes.starts_with("\xFF\xFE"), big = bytes.starts_with("\xFE\xFF");
        if (little || big) bytes.remove_prefix(2);
        const std::string wanted = little ? "UTF-16LE" : "UTF-16BE";
        if (wanted == encoding) return;
        auto other = Converter::open("UTF-8", wanted);
        if (!other) return; // hardly: the larger byte first was there
        converter = std::move(*other);
        encoding = wanted;
    }

    /// How many bytes of what cannot be read Java replaces together: both of a pair whose second byte stands for
    /// nothing by itself, else one.
    std::size_t malformedLength(std::string_view in) {
        const auto readingOf = [this](std::string_view bytes) {
            std::string ignored;
            converter.reset();
            return converter.convert(bytes, ignored);
        };
        const bool pair = in.size() > 1 && readingOf(in.substr(0, 1)) == EINVAL && readingOf(in.substr(1, 1)) == EILSEQ;
        converter.reset();
        return pair ? 2 : 1;
    }
};

Result<CharsetDecoder> CharsetDecoder::of(const JavaCharset& charset) {
    const std::string encoding = isUtf16(charset) ? "UTF-16BE" : std::string(charset.converter);
    auto converter = encoding.empty() ? std::nullopt : Converter::open("UTF-8", encoding);
    if (!converter) return noConverter(charset);
    return CharsetDecoder(
        std::unique_ptr<State>(new State{std::move(*converter), encoding, isUtf16(charset), false, {}}));
}

CharsetDecoder::CharsetDecoder(std::unique_ptr<State> state) : state_(std::move(state)) {}
CharsetDecoder::CharsetDecoder(CharsetDecoder&&) noexcept = default;
CharsetDecoder& CharsetDecoder::operator=(CharsetDecoder&&) noexcept = default;
CharsetDecoder::~CharsetDecoder() = default;

void CharsetDecoder::decode(std::string_view bytes, std::string& out) {
    std::string joined;
    if (!state_->rest.empty()) {
        joined = std::exchange(state_->rest, {});
        joined += bytes;
        bytes = joined;
    }
    if (state_->findsByteOrder && !state_->begun) {
        if (bytes.size() >= 2) {
            state_->chooseByteOrder(bytes);
        } else {
            state_->rest = bytes;
            return;
        }
    }
    while (!bytes.empty()) {
        const int why = state_->converter.convert(bytes, out);
        if (why == 0) return;
        if (why == EINVAL) {
            state_->rest = bytes;
            return;
        }
        out += kReplacement;
        bytes.remove_prefix(std::min(bytes.size(), state_->malformedLength(bytes)));
    }
}

void CharsetDecoder::finish(std::string& out) {
    state_->converter.finish(out);
    if (!std::exchange(state_->rest, {}).empty()) out += kReplacement;
    state_->begun = false;
}

struct CharsetEncoder::State {
    Converter converter;
    bool marksByteOrder; ///< UTF-16: Java writes the larger byte first, and says so
    bool twoBytesAtMost; ///< GBK, by the converter of GB18030
};

Result<CharsetEncoder> CharsetEncoder::of(const JavaCharset& charset) {
    const std::string encoding = isUtf16(charset) ? "UTF-16BE" : std::string(charset.converter);
    auto converter = encoding.empty() ? std::nullopt : Converter::open(encoding, "UTF-8");
    if (!converter) return noConverter(charset);
    const bool twoBytesAtMost = encoding == "GB18030" && charset.name != encoding;
    return CharsetEncoder(std::unique_ptr<State>(new State{std::move(*converter), isUtf16(charset), twoBytesAtMost}));
}

CharsetEncoder::CharsetEncoder(std::unique_ptr<State> state) : state_(std::move(state)) {}
CharsetEncoder::CharsetEncoder(CharsetEncoder&&) noexcept = default;
CharsetEncoder& CharsetEncoder::operator=(CharsetEncoder&&) noexcept = default;
CharsetEncoder::~CharsetEncoder() = default;

void CharsetEncoder::encode(std::string_view text, std::string& out) {
    const std::size_t from = out.size();
    if (state_->marksByteOrder && !text.empty()) out += "\xFE\xFF";
    while (!text.empty() && state_->converter.convert(text, out) != 0) {
        std::string_view mark = "?";
        state_->converter.convert(mark, out);
        if (!text.empty()) text.remove_prefix(1);
        while (!text.empty() && isUtf8Continuation(text.front()))
            text.remove_prefix(1);
    }
    state_->converter.finish(out);
    if (state_->twoBytesAtMost) keepTwoByteCharacters(out, from);
}

} // namespace millrace::java
