#include "broker/compaction/key_hash.h"

#include <bit>
#include <cstring>

namespace millrace::broker {

namespace {

std::uint64_t littleEndian(const std::uint8_t* at, std::size_t bytes) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes; ++i)
        word |= std::uint64_t{at[i]} << (8 * i);
    return word;
}

struct SipState {
    std::uint64_t v0, v1, v2, v3;

    void rounds(int count) {
        for (int i = 0; i < count; ++i) {
            v0 += v1;
            v2 += v3;
            v1 = std::rotl(v1, 13) ^ v0;
            v3 = std::rotl(v3, 16) ^ v2;
            v0 = std::rotl(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = std::rotl(v1, 17) ^ v2;
            v3 = std::rotl(v3, 21) ^ v0;
            v2 = std::rotl(v2, 32);
        }
    }
    void take(std::uint64_t word) {
        v3 ^= word;
        rounds(2);
        v0 ^= word;
    }
    std::uint64_t give() {
        rounds(4);
        return v0 ^ v1 ^ v2 ^ v3;
    }
};

} // namespace

KeyHash hashOfKey(const KeySecret& secret, std::span<const std::uint8_t> key) {
    const std::uint64_t k0 = littleEndian(secret.data(), 8), k1 = littleEndian(secret.data() + 8, 8);
    SipState state{k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d ^ 0xee, k0 ^ 0x6c7967656e657261,
                   k1 ^ 0x7465646279746573};
    std::size_t at = 0;
    for (; key.size() - at >= 8; at += 8)
        state.take(littleEndian(key.data() + at, 8));
    state.take(littleEndian(key.data() + at, key.size() - at) | std::uint64_t{key.size() & 0xff} << 56);
    state.v2 ^= 0xee;
    const std::uint64_t low = state.give();
    state.v1 ^= 0xdd;
    return {low, state.give()};
}

} // namespace millrace::broker
