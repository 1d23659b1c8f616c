#pragma once

#include "base/bytes.h"
#include "base/result.h"
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

/// Reads one message. The first error is kept and everything after it reads as zero, so field lists have no error
/// branches: ask finish() or status() once at the end. Counts and lengths are compared with the bytes left before anything is
/// allocated, and the decoded size of a message has a bound of its own, since a flexible element may be one byte on the
/// wire and a hundred in memory. Byte fields are slices of the frame, never copies.
class Reader {
public:
    /// Decoded array elements may take at most this much memory in one message.
    static constexpr std::size_t kMaxDecodedBytes = 64 * 1024 * 1024;
    /// Struct nesting of the deepest message is 5; arrays cannot nest without a field list.
    Reader(Bytes frame, Version version, bool flexible)
        : frame_(std::move(frame)), version_(version), flexible_(flexible) {}
    /// How many array elements the message may have in all; for whoever does something for each of them.
    void allowElements(std::size_t count) { elementsLeft_ = count; }

    Version version() const { return version_; }
    /// The header tells its own version only after its first fields.
    void continueAs(Version version, bool flexible) { version_ = version, flexible_ = flexible; }
    std::size_t left() const { return error_ ? 0 : frame_.size() - at_; }
    std::size_t position() const { return at_; }

    void field(bool& value);
    template <std::integral T>
    void field(T& value) {
        value = static_cast<T>(bigEndian(sizeof(T)));
    }
    void field(Uuid& value);
    void field(std::string& value);
    void field(std::optional<std::string>& value);
    void field(Bytes& value);
    void field(std::optional<Bytes>& value);
    void field(Records& value);
    template <typename T>
    void field(std::vector<T>& values);
    template <typename T>
    void field(std::optional<std::vector<T>>& values);
    template <typename T>
    requires requires { &T::template fields<Reader, T>; }
    void field(T& value) { T::fields(*this, value, version_); }
    /// A struct that may be absent: one signed byte, negative for null.
    template <typename T>
    void nullable(std::optional<T>& value);
    /// The end of every struct in a flexible version; unknown tags are skipped. Nothing before.
    template <typename... T>
    void tags(Tagged<T>... known);

    /// A string with an int16 length whatever the version: the client id of the request header.
    void classicString(std::optional<std::string>& value);
    std::uint32_t unsignedVarint();
    std::int64_t zigzag(); ///< varint and varlong of a record
    Bytes take(std::size_t length);

    void fail(const char* what);
    /// The first error, or an error for bytes left over. Call once, at the end.
    Status finish();
    /// The first error so far. A request is judged by this: what stands behind its last field is not looked at, since
    /// clients exist that send too much and Apache Kafka bears it.
    Status status() const { return error_ ? Status(*error_) : ok(); }

private:
    std::uint64_t bigEndian(std::size_t bytes);
    /// Length of a string or byte field, or count of an array; -1 for null.
    std::int64_t length(std::size_t classicBytes);
    std::int64_t countOfElements(std::size_t elementBytes);
    std::string text(std::int64_t length);
    template <typename T>
    void elements(std::int64_t count, std::vector<T>& values);
    template <typename T>
    bool readTag(std::uint32_t number, std::size_t size, Tagged<T>& known);

    Bytes frame_;
    std::size_t at_ = 0;
    std::size_t decodedBytes_ = 0;
    std::size_t elementsLeft_ = SIZE_MAX;
    Version version_;
    bool flexible_;
    std::optional<Error> error_;
};

template <typename T>
void Reader::elements(std::int64_t count, std::vector<T>& values) {
    values.clear();
    if (count <= 0) return;
    values.reserve(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < count && !error_; ++i)
        field(values.emplace_back());
}

template <typename T>
void Reader::field(std::vector<T>& values) {
    const std::int64_t count = countOfElements(sizeof(T));
    if (count < 0) fail("a null array where none is allowed");
    elements(count, values);
}

template <typename T>
void Reader::field(std::optional<std::vector<T>>& values) {
    const std::int64_t count = countOfElements(sizeof(T));
    values.reset();
    if (count >= 0) elements(count, values.emplace());
}

template <typename T>
void Reader::nullable(std::optional<T>& value) {
    std::int8_t present = 0;
    field(present);
    value.reset();
    if (present >= 0 && !error_) field(value.emplace());
}

template <typename T>
bool Reader::readTag(std::uint32_t number, std::size_t size, Tagged<T>& known) {
    if (number != known.number) return false;
    const std::size_t end = at_ + size;
    field(known.value);
    if (!error_ && at_ > end) fail("a tagged field that is longer than its size");
    if (!error_) at_ = end; // what a newer client may have added to it
    return true;
}

template <typename... T>
void Reader::tags(Tagged<T>... known) {
    if (!flexible_) return;
    std::int64_t last = -1;
    for (std::uint32_t count = unsignedVarint(); count > 0 && !error_; --count) {
        const std::uint32_t number = unsignedVarint();
        const std::size_t size = unsignedVarint();
        if (size > left()) return fail("a tagged field that is longer than the message");
        if (number <= last) return fail("tagged fields that are not in ascending order");
        last = number;
        if (!(readTag(number, size, known) || ...)) take(size);
    }
}

} // namespace millrace::wire
