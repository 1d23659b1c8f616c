#pragma once

#include "base/result.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace millrace::tls {

/// AES in counter mode (NIST SP 800-38A §6.5; Java's AES/CTR/NoPadding), at any place of a stream. The same call hides
/// and reveals. Two streams under one key need different nonces. Any thread.
class AesCtr {
public:
    static constexpr std::size_t kBlock = 16;
    using Nonce = std::array<std::uint8_t, kBlock>; ///< the counter of the first block

    /// Error invalidArgument unless the key has 16, 24 or 32 bytes.
    static Result<AesCtr> make(std::vector<std::uint8_t> key, const Nonce& nonce);
    /// One that nobody has had or will have.
    static Nonce freshNonce();
    /// `bytes` stand at `position` of the stream.
    void apply(std::uint64_t position, std::span<std::uint8_t> bytes) const;

private:
    AesCtr(std::vector<std::uint8_t> key, const Nonce& nonce) : key_(std::move(key)), nonce_(nonce) {}
    std::vector<std::uint8_t> key_;
    Nonce nonce_;
};

} // namespace millrace::tls
