#include "storage/log_format.h"

#include <charconv>
#include <fmt/core.h>

namespace millrace::storage {

constexpr std::size_t kNameDigits = 20;

std::filesystem::path segmentFile(const std::filesystem::path& directory, std::int64_t baseOffset,
                                  std::string_view suffix) {
    return directory / fmt::format("{:020}{}", baseOffset, suffix);
}

std::optional<std::int64_t> baseOffsetOf(const std::filesystem::path& file, std::string_view suffix) {
    const std::string name = file.filename().string();
    if (name.size() != kNameDigits + suffix.size() || !name.ends_with(suffix)) return std::nullopt;
    std::int64_t base = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + kNameDigits, base);
    if (error != std::errc() || end != name.data() + kNameDigits || base < 0) return std::nullopt;
    return base;
}

} // namespace millrace::storage
