#include "base/result.h"

#include <cerrno>
#include <cstring>

namespace millrace {

const char* toString(ErrorCode code) {
    switch (code) {
    case ErrorCode::invalidArgument: return "invalidArgument";
    case ErrorCode::notFound: return "notFound";
    case ErrorCode::alreadyExists: return "alreadyExists";
    case ErrorCode::outOfRange: return "outOfRange";
    case ErrorCode::corrupt: return "corrupt";
    case ErrorCode::io: return "io";
    case ErrorCode::noSpace: return "noSpace";
    case ErrorCode::denied: return "denied";
    case ErrorCode::addressInUse: return "addressInUse";
    case ErrorCode::timeout: return "timeout";
    case ErrorCode::cancelled: return "cancelled";
    case ErrorCode::closed: return "closed";
    case ErrorCode::full: return "full";
    case ErrorCode::unsupported: return "unsupported";
    case ErrorCode::protocol: return "protocol";
    case ErrorCode::internal: return "internal";
    }
    return "internal";
}

static ErrorCode codeOf(int errnoValue) {
    switch (errnoValue) {
    case ENOENT: return ErrorCode::notFound;
    case EEXIST: return ErrorCode::alreadyExists;
    case ENOSPC:
    case EDQUOT: return ErrorCode::noSpace;
    case EACCES:
    case EPERM:
    case EROFS: return ErrorCode::denied;
    case EADDRINUSE: return ErrorCode::addressInUse;
    case ETIMEDOUT: return ErrorCode::timeout;
    case EPIPE:
    case ECONNRESET: return ErrorCode::closed;
    case EINVAL: return ErrorCode::invalidArgument;
    default: return ErrorCode::io;
    }
}

Error errnoError(int errnoValue, const std::string& what) {
    // GNU's strerror_r returns the text and is safe from any thread.
    char buffer[128];
    const char* text = strerror_r(errnoValue, buffer, sizeof buffer);
    const bool retriable = errnoValue == EAGAIN || errnoValue == EINTR || errnoValue == ENOSPC ||
                           errnoValue == EADDRINUSE || errnoValue == ECONNREFUSED || errnoValue == ETIMEDOUT;
    return {codeOf(errnoValue), what + ": " + text, retriable, "system-refused", {what, text}};
}

} // namespace millrace
