#include "session/json.h"

#include "base/utf8.h"

#include <boost/json.hpp>

#include <cstdint>
#include <type_traits>

namespace millrace::session {

namespace {

namespace bj = boost::json;

template <typename T>
struct IsVector : std::false_type {};
template <typename T>
struct IsVector<std::vector<T>> : std::true_type {};
template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <typename T>
bj::value write(const T& value);

struct Writer {
    bj::object& object;
    template <typename T>
    void operator()(const char* name, const T& field) {
        if constexpr (IsOptional<T>::value) {
            if (field) object[name] = write(*field);
        } else {
            object[name] = write(field);
        }
    }
};

template <typename T>
bj::value write(const T& value) {
    if constexpr (std::is_same_v<T, bool> || std::is_integral_v<T>) {
        return value;
    } else if constexpr (std::is_same_v<T, std::string>) {
        // Bytes that are no UTF-8 would make the whole document unreadable.
        return bj::value(validUtf8(value));
    } else if constexpr (std::is_same_v<T, State>) {
        return bj::value(toString(value));
    } else if constexpr (IsVector<T>::value) {
        bj::array array;
        array.reserve(value.size());
        for (const auto& element : value) array.push_back(write(element));
        return array;
    } else {
        bj::object object;
        Writer writer{object};
        T::fields(writer, value);
        return object;
    }
}

/// Keeps the first error and the path of the field where it happened.
struct Failure {
    std::string path;
    std::string message;
    bool set() const { return !message.empty(); }
};

template <typename T>
void read(const bj::value& from, T& into, const std::string& path, Failure& failure);

struct Reader {
    const bj::object& object;
    const std::string& path;
    Failure& failure;
    template <typename T>
    void operator()(const char* name, T& field) {
        if (failure.set()) return;
        const bj::value* found = object.if_contains(name);
        if (found == nullptr || found->is_null()) return;
        const std::string where = path.empty() ? name : path + "." + name;
        if constexpr (IsOptional<T>::value) {
            field.emplace();
            read(*found, *field, where, failure);
        } else {
            read(*found, field, where, failure);
        }
    }
};

void expected(const char* what, const bj::value& got, const std::string& path, Failure& failure) {
    failure = {path, std::string("expected ") + what + ", got " + std::string(bj::to_string(got.kind()))};
}

template <typename T>
void readNumber(const bj::value& from, T& into, const std::string& path, Failure& failure) {
    bj::error_code error;
    const T number = from.to_number<T>(error);
    if (!from.is_number()) expected("a number", from, path, failure);
    else if (error) failure = {path, "number out of range"};
    else into = number;
}

template <typename T>
void read(const bj::value& from, T& into, const std::string& path, Failure& failure) {
    if (failure.set()) return;
    if constexpr (std::is_same_v<T, bool>) {
        if (from.is_bool()) into = from.get_bool();
        else expected("true or false", from, path, failure);
    } else if constexpr (std::is_integral_v<T>) {
        readNumber(from, into, path, failure);
    } else if constexpr (std::is_same_v<T, std::string>) {
        if (from.is_string()) into.assign(from.get_string().data(), from.get_string().size());
        else expected("a string", from, path, failure);
    } else if constexpr (std::is_same_v<T, State>) {
        const auto state = from.is_string() ? stateFrom(std::string(from.get_string())) : std::nullopt;
        if (state) into = *state;
        else expected("a state", from, path, failure);
    } else if constexpr (IsVector<T>::value) {
        if (!from.is_array()) return expected("a list", from, path, failure);
        const bj::array& array = from.get_array();
        into.clear();
        into.reserve(array.size());
        for (std::size_t i = 0; i < array.size() && !failure.set(); ++i) {
            into.emplace_back();
            read(array[i], into.back(), path + "[" + std::to_string(i) + "]", failure);
        }
    } else {
        if (!from.is_object()) return expected("an object", from, path, failure);
        Reader reader{from.get_object(), path, failure};
        T::fields(reader, into);
    }
}

} // namespace

template <typename T>
std::string toJson(const T& value) {
    return bj::serialize(write(value));
}

template <typename T>
Result<T> fromJson(const std::string& text) {
    bj::error_code error;
    const bj::value parsed = bj::parse(text, error);
    if (error) return Error{ErrorCode::protocol, "not JSON: " + error.message()};
    T value{};
    Failure failure;
    read(parsed, value, {}, failure);
    if (failure.set())
        return Error{ErrorCode::protocol, (failure.path.empty() ? "document" : failure.path) + ": " + failure.message};
    return value;
}

#define MILLRACE_BORDER_STRUCT(T)                                                                                      \
    template std::string toJson<T>(const T&);                                                                          \
    template Result<T> fromJson<T>(const std::string&)
MILLRACE_BORDER_STRUCT(Snapshot);
MILLRACE_BORDER_STRUCT(Capabilities);
MILLRACE_BORDER_STRUCT(StartRequest);
MILLRACE_BORDER_STRUCT(ApplyRequest);
MILLRACE_BORDER_STRUCT(Answer);
MILLRACE_BORDER_STRUCT(TapPage);
MILLRACE_BORDER_STRUCT(LogPage);
#undef MILLRACE_BORDER_STRUCT

} // namespace millrace::session
