#pragma once

#include "base/result.h"

#include <exception>
#include <utility>

namespace millrace::flume {

/// What an interceptor that depends on something outside throws from intercept(): no event of the call goes on, and
/// their source hands them over again. Ends in the source's fan-out, which makes it the error of the batch.
class InterceptorFailure final : public std::exception {
public:
    explicit InterceptorFailure(Error error) : error_(std::move(error)) {}
    const Error& error() const { return error_; }
    const char* what() const noexcept override { return error_.message.c_str(); }

private:
    Error error_;
};

} // namespace millrace::flume
