#include "java/java_regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/log.h"
#include "java/java_regex_syntax.h"
#include "java/java_utf8.h"

#include <fmt/core.h>

#include <array>
#include <utility>

namespace millrace::java {

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
using JitStack = std::unique_ptr<pcre2_jit_stack, Freer<&pcre2_jit_stack_free>>;

/// A pattern from a file may backtrack without end; this many steps are far more than any sensible one needs.
constexpr std::uint32_t kMatchLimit = 1'000'000;
/// Compiled code backtracks on a stack of its own, some 40 bytes for each character that a group is repeated for: the
/// 32 KB it gets by itself end within an ordinary event. Grows as it is needed.
constexpr std::size_t kFirstStack = 32 * 1024, kLongestStack = 32 * 1024 * 1024;
/// The same bound for the interpreter, where there is no compiler for this processor.
constexpr std::uint32_t kHeapLimitKiB = 64 * 1024;

bool isBadUtf8(int result) {
    return result <= PCRE2_ERROR_UTF8_ERR1 && result >= PCRE2_ERROR_UTF8_ERR21;
}

std::string errorText(int code) {
    std::array<PCRE2_UCHAR, 256> message{};
    pcre2_get_error_message(code, message.data(), message.size());
    return reinterpret_cast<const char*>(message.data());
}

} // namespace

struct JavaRegex::Compiled {
    Code code;
    Matches matches;
    MatchContext context;
    JitStack stack;
    std::uint32_t groups = 0;
    bool utf8 = true;
    std::string repaired; ///< the text of the last search, where it was no UTF-8
    Log* log = nullptr;   ///< null: nobody wants to know, or knows already
    std::string node;
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
    if (const auto foreign = javaOnlySyntax(pattern))
        return refuse(fmt::format("{} inside of a class is Java's own syntax, which is not supported here",
                                  foreign->character == '&' ? "an intersection (&&)" : "a class"));
    auto compiled = std::make_unique<Compiled>();
    compiled->utf8 = text == Text::utf8;
    const CompileContext context(pcre2_compile_context_create(nullptr));
    pcre2_set_newline(context.get(), PCRE2_NEWLINE_ANY);
    std::uint32_t options = compiled->utf8 ? PCRE2_UTF : 0;
    if (pattern.find("\\u") != std::string::npos) options |= PCRE2_ALT_BSUX; // Java's \uXXXX
    int code = 0;
    PCRE2_SIZE place = 0;
    compiled->code.reset(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(), options, &code,
                                       &place, context.get()));
    if (!compiled->code) return refuse(fmt::format("{} at character {}", errorText(code), place + 1));
    // Without a JIT for this processor matching is slower and the same.
    pcre2_jit_compile(compiled->code.get(), PCRE2_JIT_COMPLETE);
    compiled->matches.reset(pcre2_match_data_create_from_pattern(compiled->code.get(), nullptr));
    compiled->context.reset(pcre2_match_context_create(nullptr));
    pcre2_set_match_limit(compiled->context.get(), kMatchLimit);
    pcre2_set_heap_limit(compiled->context.get(), kHeapLimitKiB);
    compiled->stack.reset(pcre2_jit_stack_create(kFirstStack, kLongestStack, nullptr));
    pcre2_jit_stack_assign(compiled->context.get(), nullptr, compiled->stack.get());
    pcre2_pattern_info(compiled->code.get(), PCRE2_INFO_CAPTURECOUNT, &compiled->groups);
    return JavaRegex(std::move(compiled));
}

void JavaRegex::warnIn(Log& log, std::string node) {
    compiled_->log = &log;
    compiled_->node = std::move(node);
}

void JavaRegex::limitSteps(std::uint32_t steps) {
    pcre2_set_match_limit(compiled_->context.get(), steps);
}

int JavaRegex::match(std::size_t start, unsigned options) {
    return pcre2_match(compiled_->code.get(), reinterpret_cast<PCRE2_SPTR>(text_.data()), text_.size(), start, options,
                       compiled_->matches.get(), compiled_->context.get());
}

bool JavaRegex::isMatch(int result) {
    if (result < PCRE2_ERROR_NOMATCH)
        if (Log* log = std::exchange(compiled_->log, nullptr))
            log->warning(compiled_->node,
                         "the regular expression gave up on a text of {} bytes: {}; such a text counts as not found, "
                         "and no further one is told",
                         text_.size(), errorText(result));
    return result > 0;
}

bool JavaRegex::begin(std::string_view text, unsigned options) {
    text_ = text.data() == nullptr ? "" : text;
    const int result = match(0, options);
    if (!isBadUtf8(result)) return isMatch(result);
    compiled_->repaired = withoutMalformedUtf8(text);
    text_ = compiled_->repaired;
    return isMatch(match(0, options | PCRE2_NO_UTF_CHECK));
}

bool JavaRegex::find(std::string_view text) {
    return begin(text, 0);
}

bool JavaRegex::matches(std::string_view text) {
    return begin(text, PCRE2_ANCHORED | PCRE2_ENDANCHORED);
}

bool JavaRegex::findNext() {
    std::size_t from = groupEnd(0);
    if (from == groupBegin(0)) {
        ++from;
        while (compiled_->utf8 && from < text_.size() && isUtf8Continuation(text_[from]))
            ++from;
    }
    return from <= text_.size() && isMatch(match(from, PCRE2_NO_UTF_CHECK));
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

std::vector<std::string> splitBy(JavaRegex& separator, std::string_view text) {
    std::vector<std::string> pieces;
    std::size_t begin = 0;
    for (bool found = separator.find(text); found; found = separator.findNext()) {
        const std::size_t matchBegin = separator.groupBegin(0);
        const std::size_t matchEnd = separator.groupEnd(0);
        if (matchEnd == 0) continue; // Java: an empty match at the beginning gives no empty piece
        pieces.emplace_back(separator.text().substr(begin, matchBegin - begin));
        begin = matchEnd;
    }
    pieces.emplace_back(separator.text().substr(begin));
    while (!pieces.empty() && pieces.back().empty())
        pieces.pop_back();
    return pieces;
}

} // namespace millrace::java
