#include "java/jaas.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

namespace millrace::java {

namespace {

Error refused(std::string_view why) {
    return {
        ErrorCode::invalidArgument,
        fmt::format("{}; it has the form MODULE required key=\"value\" … ;, values in quotes and a semicolon at the "
                    "end",
                    why)};
}

struct Token {
    enum class Kind { end, word, quoted, sign, broken } kind = Kind::end;
    std::string text;
    bool isText() const { return kind == Kind::word || kind == Kind::quoted; }
    bool isSign(char c) const { return kind == Kind::sign && text[0] == c; }
};

bool isWordCharacter(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '$' || c == '.';
}

/// As java.io.StreamTokenizer cuts it.
class Tokens {
public:
    explicit Tokens(std::string_view text) : text_(text) {}

    Token next() {
        if (!skipBlanksAndComments()) return {Token::Kind::broken, "a comment is not ended"};
        if (at_ == text_.size()) return {};
        const char c = text_[at_];
        if (c == '"' || c == '\'') return quoted();
        if (!isWordCharacter(c)) return {Token::Kind::sign, std::string(1, text_[at_++])};
        const std::size_t begin = at_;
        while (at_ < text_.size() && isWordCharacter(text_[at_]))
            ++at_;
        return {Token::Kind::word, std::string(text_.substr(begin, at_ - begin))};
    }

private:
    bool skipBlanksAndComments() {
        for (;;) {
            while (at_ < text_.size() && static_cast<unsigned char>(text_[at_]) <= ' ')
                ++at_;
            const std::string_view rest = text_.substr(at_);
            if (rest.starts_with("//")) {
                at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
            } else if (rest.starts_with("/*")) {
                const std::size_t end = text_.find("*/", at_ + 2);
                if (end == std::string_view::npos) return false;
                at_ = end + 2;
            } else {
                return true;
            }
        }
    }

    Token quoted() {
        const char quote = text_[at_++];
        Token token{Token::Kind::quoted, {}};
        for (; at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r'; ++at_) {
            if (text_[at_] == quote) {
                ++at_;
                return token;
            }
            if (text_[at_] == '\\' && at_ + 1 < text_.size())
                token.text += escaped();
            else
                token.text += text_[at_];
        }
        return {Token::Kind::broken, "a quote is not closed on its line"};
    }

    /// The character behind a backslash; stands on its last one afterwards.
    char escaped() {
        constexpr std::string_view kLetters = "abfnrtv", kMeant = "\a\b\f\n\r\t\v";
        const char c = text_[++at_];
        if (c >= '0' && c <= '7') return octal();
        const std::size_t letter = kLetters.find(c);
        return letter == std::string_view::npos ? c : kMeant[letter];
    }

    char octal() {
        const std::size_t most = text_[at_] <= '3' ? 3 : 2;
        int code = 0;
        std::size_t digits = 0;
        for (; digits < most && at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '7'; ++digits)
            code = code * 8 + (text_[at_++] - '0');
        --at_;
        return static_cast<char>(code);
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

std::string inSmallLetters(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

bool startsLikeANumber(const std::string& word) {
    return (word[0] >= '0' && word[0] <= '9') || word[0] == '-' || word[0] == '.';
}

/// What `key` is set to.
Result<std::string> valueOf(Tokens& tokens, const std::string& key) {
    // What looks like a key may be the rest of a password with a quote in it.
    if (!tokens.next().isSign('='))
        return refused(
            "there is an option without a value, or a quote inside of a value without a backslash before it");
    Token value = tokens.next();
    if (value.kind == Token::Kind::broken) return refused(value.text);
    // To Java a word that begins so is a number, and no value.
    if (!value.isText() || (value.kind == Token::Kind::word && startsLikeANumber(value.text)))
        return refused(fmt::format("the value of {} does not stand in quotes", key));
    return std::move(value.text);
}

Status readOptions(Tokens& tokens, JaasEntry& entry) {
    for (;;) {
        Token key = tokens.next();
        if (key.isSign(';')) return ok();
        if (key.kind == Token::Kind::broken) return refused(key.text);
        if (key.kind == Token::Kind::end) return refused("the entry is not ended by a semicolon");
        if (!key.isText()) return refused("something that is no key stands between the options");
        auto value = valueOf(tokens, key.text);
        if (!value) return value.error();
        entry.options.insert_or_assign(std::move(key.text), std::move(*value));
    }
}

} // namespace

Result<JaasEntry> parseJaas(std::string_view text) {
    constexpr std::string_view kFlags[] = {"required", "requisite", "sufficient", "optional"};
    Tokens tokens(text);
    JaasEntry entry;
    Token module = tokens.next();
    if (!module.isText() || module.text.empty()) return refused("it does not begin with the class of a login module");
    entry.loginModule = std::move(module.text);
    const Token flag = tokens.next();
    entry.flag = inSmallLetters(flag.text);
    if (!flag.isText() || std::ranges::count(kFlags, entry.flag) == 0)
        return refused("behind the login module stands none of required, requisite, sufficient and optional");
    MILLRACE_TRY(readOptions(tokens, entry));
    if (tokens.next().kind != Token::Kind::end) return refused("there is more than one login module");
    return entry;
}

} // namespace millrace::java
