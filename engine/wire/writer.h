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
#include <string_view>
#include <vector>

namespace millrace::wire {

/// Writes one message with the field lists that Reader reads. Record batches are not copied: finish() hands out the
/// message as pieces, the batches' own buffers among them.
class Writer {
public:
    Writer(Version version, bool flexible) : version_(version), flexible_(flexible) {}

    Version version() const { return version_; }
    void continueAs(Version version, bool flexible) { version_ = version, flexible_ = flexible; }
    /// So far, with all pieces.
    std::size_t size() const { return buffer_.size() + insertedBytes_; }

    void field(bool value) { buffer_.push_back(value ? 1 : 0); }
    template <std::integral T>
    void field(T value) {
        bigEndian(static_cast<std::uint64_t>(value), sizeof(T));
    }
    void field(const Uuid& value) { raw(value.bytes); }
    /// Strings of more than 32767 bytes are cut: Reader lets none in, so only a message of ours could be longer.
    void field(const std::string& value);
    void field(const std::optional<std::string>& value);
    void field(const Bytes& value);
    void field(const std::optional<Bytes>& value);
    void field(const Records& value);
    template <typename T>
    void field(const std::vector<T>& values);
    template <typename T>
    void field(const std::optional<std::vector<T>>& values);
    template <typename T>
    requires requires { &T::template fields<Writer, const T>; }
    void field(const T& value) { T::fields(*this, value, version_); }
    template <typename T>
    void nullable(const std::optional<T>& value);
    template <typename... T>
    void tags(Tagged<T>... known);

    void classicString(const std::optional<std::string>& value);
    void unsignedVarint(std::uint32_t value);
    void zigzag(std::int64_t value);
    void raw(std::span<const std::uint8_t> bytes) { buffer_.insert(buffer_.end(), bytes.begin(), bytes.end()); }

    /// A frame begins with its own length: write it first, finish() fills it in.
    void beginFrame() { field(std::int32_t{0}), framed_ = true; }
    /// The message in order. The writer is empty afterwards.
    std::vector<Bytes> finish();
    /// For messages without inserted batches.
    std::vector<std::uint8_t> takeBuffer() { return std::move(buffer_); }

private:
    struct Insert {
        std::size_t position; ///< in buffer_
        Bytes bytes;
    };
    void bigEndian(std::uint64_t value, std::size_t bytes);
    void length(std::int64_t value, std::size_t classicBytes);
    template <typename T>
    void writeTag(const Tagged<T>& known);

    std::vector<std::uint8_t> buffer_;
    std::vector<Insert> inserts_;
    std::size_t insertedBytes_ = 0;
    Version version_;
    bool flexible_;
    bool framed_ = false;
};

template <typename T>
void Writer::field(const std::vector<T>& values) {
    length(static_cast<std::int64_t>(values.size()), 4);
    for (const auto& value : values)
        field(value);
}

template <typename T>
void Writer::field(const std::optional<std::vector<T>>& values) {
    if (values)
        field(*values);
    else
        length(-1, 4);
}

template <typename T>
void Writer::nullable(const std::optional<T>& value) {
    field(std::int8_t(value ? 1 : -1));
    if (value) field(*value);
}

template <typename T>
void Writer::writeTag(const Tagged<T>& known) {
    if (known.value == known.unset) return;
    Writer content(version_, flexible_);
    content.field(known.value);
    unsignedVarint(known.number);
    unsignedVarint(static_cast<std::uint32_t>(content.buffer_.size()));
    raw(content.buffer_);
}

template <typename... T>
void Writer::tags(Tagged<T>... known) {
    if (!flexible_) return;
    unsignedVarint((0u + ... + std::uint32_t(!(known.value == known.unset))));
    (writeTag(known), ...);
}

} // namespace millrace::wire
