#include "session/json.h"

#include "base/utf8.h"

#include <boost/json.hpp>

#include <cstdint>
#include <string_view>
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
    if constexpr (std::is_arithmetic_v<T>) {
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
    } else if constexpr (std::is_arithmetic_v<T>) {
        readNumber(from, into, path, failure);
    } else if constexpr (std::is_same_v<T, std::string>) {
        if (from.is_string()) into.assign(from.get_string().data(), from.get_string().size());
        else expected("a string", from, path, failure);
    } else if constexpr (std::is_same_v<T, State>) {
        // One that this side does not know is bearable: the rest of the snapshot is worth having.
        if (from.is_string()) into = stateFrom(from.get_string());
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

template <typename T>
Result<T> valueOf(const bj::value& from) {
    T value{};
    Failure failure;
    read(from, value, {}, failure);
    if (failure.set())
        return Error{ErrorCode::protocol, (failure.path.empty() ? "document" : failure.path) + ": " + failure.message};
    return value;
}

Result<bj::value> parse(const std::string& text) {
    bj::error_code error;
    bj::value parsed = bj::parse(text, error);
    if (error) return Error{ErrorCode::protocol, "not JSON: " + error.message()};
    return parsed;
}

/// What stands around each message: which kind it is, its id where it has one, and its fields.
template <typename T>
std::string enveloped(std::string_view kind, RequestId id, const T& body) {
    bj::object object{{"kind", kind}, {"body", write(body)}};
    if (id != 0) object["id"] = id;
    return bj::serialize(object);
}

struct Envelope {
    std::string kind;
    RequestId id = 0;
    static void fields(auto& io, auto& self) {
        io("kind", self.kind);
        io("id", self.id);
    }
};

struct Nothing {
    static void fields(auto&, auto&) {}
};

/// The fields of a message; none is as an empty one.
bj::value bodyOf(const bj::value& message) {
    const bj::value* body = message.get_object().if_contains("body");
    return body == nullptr ? bj::value(bj::object()) : *body;
}

} // namespace

template <typename T>
std::string toJson(const T& value) {
    return bj::serialize(write(value));
}

template <typename T>
Result<T> fromJson(const std::string& text) {
    auto parsed = parse(text);
    if (!parsed) return parsed.error();
    return valueOf<T>(*parsed);
}

std::string toJson(const RequestMessage& message) {
    if (!message.request) return enveloped(message.verb, message.id, Nothing{});
    return std::visit([&](const auto& one) { return enveloped(one.kVerb, message.id, one); }, *message.request);
}

std::string toJson(const Event& event) {
    return std::visit([](const auto& one) { return enveloped(kindOf(one), 0, one); }, event);
}

Result<RequestMessage> requestFromJson(const std::string& text) {
    auto parsed = parse(text);
    if (!parsed) return parsed.error();
    const auto envelope = valueOf<Envelope>(*parsed);
    if (!envelope) return envelope.error();
    RequestMessage message{envelope->id, envelope->kind, std::nullopt};
    Status status = ok();
    forEachRequest([&]<typename R>(std::type_identity<R>) {
        if (message.verb != R::kVerb) return;
        auto body = valueOf<R>(bodyOf(*parsed));
        if (body) message.request = std::move(*body);
        else status = body.error();
    });
    if (!status) return status.error();
    return message;
}

Result<std::optional<Event>> eventFromJson(const std::string& text) {
    auto parsed = parse(text);
    if (!parsed) return parsed.error();
    const auto envelope = valueOf<Envelope>(*parsed);
    if (!envelope) return envelope.error();
    std::optional<Event> event;
    Status status = ok();
    const auto take = [&]<typename E>(std::type_identity<E>) {
        if (envelope->kind != kindOf(E())) return;
        auto body = valueOf<E>(bodyOf(*parsed));
        if (body) event = std::move(*body);
        else status = body.error();
    };
    [&]<typename... E>(std::type_identity<std::variant<E...>>) {
        (take(std::type_identity<E>()), ...);
    }(std::type_identity<Event>());
    if (!status) return status.error();
    return event;
}

#define MILLRACE_BORDER_STRUCT(T)                                                                                      \
    template std::string toJson<T>(const T&);                                                                          \
    template Result<T> fromJson<T>(const std::string&)
MILLRACE_BORDER_STRUCT(Snapshot);
MILLRACE_BORDER_STRUCT(Capabilities);
MILLRACE_BORDER_STRUCT(Hello);
MILLRACE_BORDER_STRUCT(SnapshotDelta);
MILLRACE_BORDER_STRUCT(Answer);
MILLRACE_BORDER_STRUCT(TapPage);
MILLRACE_BORDER_STRUCT(LogPage);
#undef MILLRACE_BORDER_STRUCT

} // namespace millrace::session
