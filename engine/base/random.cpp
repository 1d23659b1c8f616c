#include "base/random.h"

#include <cstring>

namespace millrace {

std::array<std::uint8_t, 16> Random::uuid() {
    std::array<std::uint8_t, 16> id{};
    const std::uint64_t halves[] = {next(), next()};
    std::memcpy(id.data(), halves, sizeof halves);
    id[6] = static_cast<std::uint8_t>((id[6] & 0x0f) | 0x40); // version 4
    id[8] = static_cast<std::uint8_t>((id[8] & 0x3f) | 0x80); // RFC 4122 variant
    return id;
}

std::unique_ptr<Random> systemRandom() {
    std::random_device device;
    const std::uint64_t seed = (static_cast<std::uint64_t>(device()) << 32) | device();
    return std::make_unique<SeededRandom>(seed);
}

} // namespace millrace
