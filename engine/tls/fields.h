#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace millrace::tls {

/// Big-endian fields of Java's formats; once one is missing, all that follow are empty.
class Fields {
public:
    using View = std::span<const std::uint8_t>;
    explicit Fields(View bytes) : bytes_(bytes) {}
    bool failed() const { return failed_; }
    View rest() const { return bytes_; }
    View take(std::size_t count) {
        failed_ = failed_ || count > bytes_.size();
        if (failed_) return {};
        const View taken = bytes_.first(count);
        bytes_ = bytes_.subspan(count);
        return taken;
    }
    std::uint32_t number(std::size_t width) {
        std::uint32_t value = 0;
        for (const std::uint8_t byte : take(width))
            value = value << 8 | byte;
        return value;
    }
    View text() { return take(number(2)); }
    View block() { return take(number(4)); }

private:
    View bytes_;
    bool failed_ = false;
};

} // namespace millrace::tls
