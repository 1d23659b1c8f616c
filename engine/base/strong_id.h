#pragma once

#include <compare>
#include <functional>
#include <utility>

namespace millrace {

/// A value that cannot be mixed up with another of the same representation: `using Offset = StrongId<struct OffsetTag,
/// std::int64_t>`. Arithmetic goes through value() on purpose.
template <typename Tag, typename T>
class StrongId {
public:
    constexpr StrongId() = default;
    constexpr explicit StrongId(T value) : value_(std::move(value)) {}
    constexpr const T& value() const { return value_; }
    auto operator<=>(const StrongId&) const = default;

private:
    T value_{};
};

} // namespace millrace

template <typename Tag, typename T>
struct std::hash<millrace::StrongId<Tag, T>> {
    std::size_t operator()(const millrace::StrongId<Tag, T>& id) const noexcept { return std::hash<T>{}(id.value()); }
};
