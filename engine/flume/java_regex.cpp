#include "flume/java_regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <fmt/core.h>

#include <array>

namespace millrace::flume {

namespace {

template <auto Free>
struct Freer {
    template <typename T>
    void operator()(T* object) const {
        Free(object);
    }
};
using Code = std::unique_ptr<pcre2_code, Freer<&pcre2_code_free>>;
using Matches = std::unique_ptr<pcre2_match_data, Freer<&pcre2_match_data_free>>;
using CompileContext = std::unique_ptr<pcre2_compile_context, Freer<&pcre2_compile_context_free>>;
using MatchContext = std::unique_ptr<pcre2_match_context, Freer<&pcre2_match_context_free>>;

/// A pattern from a file may backtrack without end; this many steps are far more than any sensible one needs.
constexpr std::uint32_t kMatchLimit = 1'000'000;

/// The part of Java's syntax that PCRE2 would silently understand differently; empty when there is none.
std::string_view foreignSyntax(std::string_view pattern) {
    bool inClass = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const std::string_view rest = pattern.substr(i);
        if (rest.starts_with("\\Q")) {
            const std::size_t end = pattern.find("\\E", i);
            if (end == std::string_view::npos) return {};
            i = end + 1;
        } else if (rest[0] == '\\') {
            ++i;
        } else if (!inClass) {
            inClass = rest[0] == '[';
            if (inClass && rest.starts_with("[^")) ++i;
            if (inClass && i + 1 < pattern.size() && pattern[i + 1] == ']') ++i; // a literal bracket first
        } else if (rest.starts_with("&&")) {
            return "an intersection (&&) inside of a class";
        } else if (rest[0] == '[') {
            return "a class inside of a class";
        } else if (rest[0] == ']') {
            inClass = false;
        }
    }
    return {};
}

} // namespace

struct JavaRegex::Compiled {
    Code code;
    Matches matches;
    MatchContext context;
    std::uint32_t groups = 0;
    bool utf8 = true;
};

JavaRegex::JavaRegex(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
JavaRegex::JavaRegex(JavaRegex&&) noexcept = default;
JavaRegex& JavaRegex::operator=(JavaRegex&&) noexcept = default;
JavaRegex::~JavaRegex() = default;

Result<JavaRegex> JavaRegex::compile(const std::string& pattern, Text text) {
    const auto refuse = [&](std::string_view why) {
        return Error{ErrorCode::invalidArgument,
                     fmt::format("the regular expression '{}' cannot be used: {}", pattern, why), false};
    };
    if (const auto foreign = foreignSyntax(pattern); !foreign.empty())
        return refuse(fmt::format("{} is Java's own syntax, which is not supported here", foreign));
    auto compiled = std::make_unique<Compiled>();
    compiled->utf8 = text == Text::utf8;
    const CompileContext context(pcre2_compile_context_create(nullptr));
    pcre2_set_newline(context.get(), PCRE2_NEWLINE_ANY);
    std::uint32_t options = compiled->utf8 ? PCRE2_UTF | PCRE2_MATCH_INVALID_UTF : 0;
    if (pattern.find("\\u") != std::string::npos) options |= PCRE2_ALT_BSUX; // Java's \uXXXX
    int code = 0;
    PCRE2_SIZE place = 0;
    compiled->code.reset(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(), options, &code,
                                       &place, context.get()));
    if (!compiled->code) {
        std::array<PCRE2_UCHAR, 256> message{};
        pcre2_get_error_message(code, message.data(), message.size());
        return refuse(fmt::format("{} at character {}", reinterpret_cast<const char*>(message.data()), place + 1));
    }
    // Without a JIT for this processor matching is slower and the same.
    pcre2_jit_compile(compiled->code.get(), PCRE2_JIT_COMPLETE);
    compiled->matches.reset(pcre2_match_data_create_from_pattern(compiled->code.get(), nullptr));
    compiled->context.reset(pcre2_match_context_create(nullptr));
    pcre2_set_match_limit(compiled->context.get(), kMatchLimit);
    pcre2_pattern_info(compiled->code.get(), PCRE2_INFO_CAPTURECOUNT, &compiled->groups);
    return JavaRegex(std::move(compiled));
}

bool JavaRegex::match(std::string_view text, std::size_t start, unsigned options) {
    text_ = text;
    return pcre2_match(compiled_->code.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), start, options,
                       compiled_->matches.get(), compiled_->context.get()) > 0;
}

bool JavaRegex::find(std::string_view text, std::size_t start) {
    if (text.data() == nullptr) text = "";
    return start <= text.size() && match(text, start, 0);
}

bool JavaRegex::matches(std::string_view text) {
    if (text.data() == nullptr) text = "";
    return match(text, 0, PCRE2_ANCHORED | PCRE2_ENDANCHORED);
}

std::string_view JavaRegex::group(std::size_t number) const {
    const std::size_t begin = groupBegin(number);
    return begin == PCRE2_UNSET ? std::string_view() : text_.substr(begin, groupEnd(number) - begin);
}

std::size_t JavaRegex::groupBegin(std::size_t number) const {
    return pcre2_get_ovector_pointer(compiled_->matches.get())[2 * number];
}

std::size_t JavaRegex::groupEnd(std::size_t number) const {
    return pcre2_get_ovector_pointer(compiled_->matches.get())[2 * number + 1];
}

std::size_t JavaRegex::groupCount() const {
    return compiled_->groups;
}

std::size_t JavaRegex::groupNamed(const std::string& name) const {
    const int number =
        pcre2_substring_number_from_name(compiled_->code.get(), reinterpret_cast<PCRE2_SPTR>(name.c_str()));
    return number > 0 ? static_cast<std::size_t>(number) : 0;
}

bool JavaRegex::isUtf8() const {
    return compiled_->utf8;
}

std::vector<std::string> splitBy(JavaRegex& separator, std::string_view text) {
    std::vector<std::string> pieces;
    std::size_t begin = 0;
    std::size_t from = 0;
    while (from <= text.size() && separator.find(text, from)) {
        const std::size_t matchBegin = separator.groupBegin(0);
        const std::size_t matchEnd = separator.groupEnd(0);
        from = matchEnd > matchBegin ? matchEnd : matchEnd + 1;
        if (matchEnd == 0) continue; // Java: an empty match at the beginning gives no empty piece
        pieces.emplace_back(text.substr(begin, matchBegin - begin));
        begin = matchEnd;
    }
    pieces.emplace_back(text.substr(begin));
    while (!pieces.empty() && pieces.back().empty())
        pieces.pop_back();
    return pieces;
}

} // namespace millrace::flume
