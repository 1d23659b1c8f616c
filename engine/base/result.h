#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace millrace {

/// What went wrong, as far as a program has to tell it apart. The sentence for people is Error::message.
enum class ErrorCode {
    invalidArgument, ///< the caller's value cannot be used
    notFound,
    alreadyExists,
    outOfRange,   ///< beyond a limit that is stated in the message
    corrupt,      ///< stored or received bytes are not what they must be
    io,           ///< the operating system refused
    noSpace,      ///< the disk is full
    denied,       ///< permission
    addressInUse, ///< a port is taken
    timeout,
    cancelled, ///< stopped on request
    closed,    ///< the other side, or the object, is gone
    full,      ///< a channel or a queue cannot take more now
    unsupported,
    protocol, ///< a peer broke the protocol
    internal,
};

/// The name of a code, as it stands in logs and JSON.
const char* toString(ErrorCode code);

/// An error that crosses folders. `message` says what, where and what to do, in English.
struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string message;
    bool retriable = false; ///< the same call may succeed later with nothing changed by the user
    /// For those who speak to people in other languages: which sentence `message` is (a code of base/sentences.h) and
    /// what fills its %1, %2 …. Empty: there is only the message.
    std::string sentence{};
    std::vector<std::string> arguments{};

    /// The same error with the place in front: "segment 42.log: short read". A translation does without the place.
    [[nodiscard]] Error in(const std::string& place) const {
        return {code, place + ": " + message, retriable, sentence, arguments};
    }
    bool operator==(const Error&) const = default;
};

/// Error from errno, `what` in front: "open logs/a.log: Permission denied"; the sentence "system-refused".
Error errnoError(int errnoValue, const std::string& what);

/// A value or an Error; member names are those of std::expected so that C++23 can replace it.
template <typename T>
class [[nodiscard]] Result {
public:
    using value_type = T;
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    bool has_value() const { return state_.index() == 0; }
    explicit operator bool() const { return has_value(); }
    /// Precondition of value() and the operators: has_value(). Of error(): !has_value().
    T& value() & { return std::get<0>(state_); }
    const T& value() const& { return std::get<0>(state_); }
    T&& value() && { return std::get<0>(std::move(state_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    Error& error() & { return std::get<1>(state_); }
    const Error& error() const& { return std::get<1>(state_); }
    Error&& error() && { return std::get<1>(std::move(state_)); }
    T value_or(T other) const& { return has_value() ? value() : std::move(other); }

private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}
    bool has_value() const { return !error_; }
    explicit operator bool() const { return has_value(); }
    const Error& error() const& { return *error_; }
    Error&& error() && { return std::move(*error_); }

private:
    std::optional<Error> error_;
};

using Status = Result<void>;
inline Status ok() { return {}; }

} // namespace millrace

/// Returns the error of a Status or Result expression to the caller.
#define MILLRACE_TRY(expression)                                                                                       \
    do {                                                                                                               \
        if (auto tried = (expression); !tried) return std::move(tried).error();                                        \
    } while (false)
