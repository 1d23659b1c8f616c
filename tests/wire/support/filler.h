#pragma once

#include "base/bytes.h"
#include "wire/api_spec.h"
#include "wire/records.h"
#include "wire/tagged.h"
#include "wire/uuid.h"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

/// A third direction for the field lists: gives every field a value that differs from its default and from its
/// neighbours', so that two swapped fields do not pass a round trip unseen. With `absent` set, nullable fields are null
/// and arrays empty.
class Filler {
public:
    Filler(Version version, bool absent) : version_(version), absent_(absent) {}

    void field(bool& value) { value = !value; }
    template <std::integral T>
    void field(T& value) {
        value = static_cast<T>(100 + ++count_);
    }
    void field(Uuid& value) { value.bytes.fill(static_cast<std::uint8_t>(++count_)); }
    void field(std::string& value) { value = "text " + std::to_string(++count_); }
    void field(Bytes& value) { value = Bytes::copyOf("bytes " + std::to_string(++count_)); }
    void field(Records& value) { value.pieces = {Bytes::copyOf("batch one "), Bytes::copyOf("batch two")}; }
    template <typename T>
    void field(std::optional<T>& value) {
        T filled{};
        if (!absent_) field(filled);
        value = absent_ ? std::nullopt : std::optional<T>(std::move(filled));
    }
    template <typename T>
    void field(std::vector<T>& values) {
        values = std::vector<T>(absent_ ? 0 : 2);
        for (T& value : values)
            field(value);
    }
    template <typename T>
    requires requires { &T::template fields<Filler, T>; }
    void field(T& value) { T::fields(*this, value, version_); }
    template <typename T>
    void nullable(std::optional<T>& value) {
        field(value);
    }
    template <typename... T>
    void tags(Tagged<T>... known) {
        (field(known.value), ...);
    }

private:
    Version version_;
    bool absent_;
    int count_ = 0;
};

} // namespace millrace::wire
