#include "tls/openssl.h"

#include <openssl/err.h>

namespace millrace::tls {

std::string lastReason(std::string_view nothing) {
    const unsigned long code = ERR_peek_last_error();
    ERR_clear_error();
    if (code == 0) return std::string(nothing);
    const char* reason = ERR_reason_error_string(code);
    return reason != nullptr ? reason : "error " + std::to_string(ERR_GET_REASON(code));
}

Error opensslError(ErrorCode code, const std::string& what) {
    return {code, what + ": " + lastReason("OpenSSL gives no reason"), false};
}

} // namespace millrace::tls
