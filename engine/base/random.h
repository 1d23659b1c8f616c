#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <random>
#include <string>

namespace millrace {

/// Chance, so that a test can replay it. One object belongs to one thread.
class Random {
public:
    virtual ~Random() = default;
    virtual std::uint64_t next() = 0;
    /// Uniform in [0, bound). Precondition: bound > 0.
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }
    /// A version 4 UUID's 16 bytes, never all zero.
    std::array<std::uint8_t, 16> uuid();
};

class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
    std::uint64_t next() override { return engine_(); }

private:
    std::mt19937_64 engine_;
};

/// Seeded from the operating system.
std::unique_ptr<Random> systemRandom();

} // namespace millrace
