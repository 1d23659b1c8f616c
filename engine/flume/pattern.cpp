#define PCRE2_CODE_UNIT_WIDTH 8
#include "flume/pattern.h"

#include <fmt/core.h>
#include <pcre2.h>

#include <array>

namespace millrace::flume {

struct Pattern::Impl {
    pcre2_code* code = nullptr;
    pcre2_match_data* match = nullptr;
    ~Impl() {
        pcre2_match_data_free(match);
        pcre2_code_free(code);
    }
    bool run(std::string_view text, std::uint32_t options) const {
        const auto* data = reinterpret_cast<PCRE2_SPTR>(text.empty() ? "" : text.data());
        return pcre2_match(code, data, text.size(), 0, options, match, nullptr) >= 0;
    }
};

Pattern::Pattern(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Result<Pattern> Pattern::compile(const std::string& expression, bool utf8) {
    int code = 0;
    PCRE2_SIZE offset = 0;
    // Names of files and bodies need not be valid UTF-8; what is not does not match a class but is no error either.
    const std::uint32_t options = utf8 ? PCRE2_UTF | PCRE2_MATCH_INVALID_UTF : 0;
    auto impl = std::make_unique<Impl>();
    impl->code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(expression.data()), expression.size(), options, &code,
                               &offset, nullptr);
    if (!impl->code) {
        std::array<PCRE2_UCHAR, 256> text{};
        pcre2_get_error_message(code, text.data(), text.size());
        return Error{ErrorCode::invalidArgument,
                     fmt::format("the regular expression {} cannot be used: {} at character {}", expression,
                                 reinterpret_cast<const char*>(text.data()), offset + 1),
                     false};
    }
    pcre2_jit_compile(impl->code, PCRE2_JIT_COMPLETE); // without JIT it is only slower
    impl->match = pcre2_match_data_create_from_pattern(impl->code, nullptr);
    return Pattern(std::move(impl));
}

bool Pattern::matchesWhole(std::string_view text) const { return impl_->run(text, PCRE2_ANCHORED | PCRE2_ENDANCHORED); }
bool Pattern::found(std::string_view text) const { return impl_->run(text, 0); }

} // namespace millrace::flume
