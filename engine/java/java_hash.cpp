#include "java/java_hash.h"

#include "java/java_utf16.h"

#include <algorithm>
#include <unordered_set>

namespace millrace::java {

std::int32_t javaHashCode(std::string_view text) {
    std::uint32_t hash = 0;
    for (const char16_t unit : toUtf16(text))
        hash = hash * 31 + unit;
    return static_cast<std::int32_t>(hash);
}

std::vector<std::string> javaHashOrder(const std::vector<std::string>& names, std::size_t reserved) {
    struct Placed {
        std::uint32_t hash;
        const std::string* name;
    };
    std::vector<Placed> placed;
    std::unordered_set<std::string_view> seen;
    for (const std::string& name : names) {
        if (!seen.insert(name).second) continue;
        const auto hash = static_cast<std::uint32_t>(javaHashCode(name));
        placed.push_back({hash ^ (hash >> 16), &name});
    }
    std::size_t buckets = 16;
    while (buckets < reserved || placed.size() * 4 > buckets * 3)
        buckets *= 2;
    // Growing keeps the order within a bucket, so a stable sort by the final bucket gives Java's order.
    std::stable_sort(placed.begin(), placed.end(), [mask = buckets - 1](const Placed& a, const Placed& b) {
        return (a.hash & mask) < (b.hash & mask);
    });
    std::vector<std::string> out;
    out.reserve(placed.size());
    for (const Placed& p : placed)
        out.push_back(*p.name);
    return out;
}

std::vector<std::string> javaHashSetOf(const std::vector<std::string>& names) {
    return javaHashOrder(names, static_cast<std::size_t>(static_cast<float>(names.size()) / .75f) + 1);
}

} // namespace millrace::java
