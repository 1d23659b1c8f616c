#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

/// A fuzz target is one file in targets/:
///
///     MILLRACE_FUZZ_TARGET(record_batches) { … uses `data`, aborts (base/assertion.h) on what must never be … }
///
/// Built by clang with libFuzzer it is a program of its own, `./test.sh --fuzz`; in the ordinary build the same code
/// goes through the kept corpus, fuzz/tst_corpus.
namespace millrace::fuzz {

using Input = std::span<const std::uint8_t>;

struct Target {
    Target(const char* name, void (*run)(Input));
};

} // namespace millrace::fuzz

#ifdef MILLRACE_FUZZING
#define MILLRACE_FUZZ_TARGET(name)                                                                                     \
    static void run_##name([[maybe_unused]] millrace::fuzz::Input data);                                               \
    extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* begin, std::size_t size) {                               \
        run_##name({begin, size});                                                                                     \
        return 0;                                                                                                      \
    }                                                                                                                  \
    static void run_##name([[maybe_unused]] millrace::fuzz::Input data)
#else
#define MILLRACE_FUZZ_TARGET(name)                                                                                     \
    static void run_##name([[maybe_unused]] millrace::fuzz::Input data);                                               \
    static const millrace::fuzz::Target registered_##name(#name, run_##name);                                          \
    static void run_##name([[maybe_unused]] millrace::fuzz::Input data)
#endif
