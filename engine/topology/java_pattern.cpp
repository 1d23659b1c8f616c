#include "topology/java_pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace millrace::topology {

struct JavaPattern::Code {
    pcre2_code* code = nullptr;
    pcre2_match_context* limits = nullptr;
    ~Code() {
        pcre2_code_free(code);
        pcre2_match_context_free(limits);
    }
};

JavaPattern::JavaPattern(std::string_view pattern) : code_(std::make_unique<Code>()) {
    int error = 0;
    std::size_t offset = 0;
    code_->code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                                PCRE2_UTF | PCRE2_ANCHORED | PCRE2_ENDANCHORED, &error, &offset, nullptr);
    if (code_->code == nullptr) {
        PCRE2_UCHAR message[256];
        pcre2_get_error_message(error, message, sizeof message);
        error_ = reinterpret_cast<const char*>(message);
        return;
    }
    code_->limits = pcre2_match_context_create(nullptr);
    pcre2_set_match_limit(code_->limits, 100'000);
    pcre2_set_depth_limit(code_->limits, 1'000);
    pcre2_set_heap_limit(code_->limits, 1'024);
}

JavaPattern::~JavaPattern() = default;

bool JavaPattern::matchesAll(std::string_view text) const {
    if (code_->code == nullptr) return false;
    pcre2_match_data* data = pcre2_match_data_create_from_pattern(code_->code, nullptr);
    const int result =
        pcre2_match(code_->code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), 0, 0, data, code_->limits);
    pcre2_match_data_free(data);
    return result >= 0;
}

} // namespace millrace::topology
