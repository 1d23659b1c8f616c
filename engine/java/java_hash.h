#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::java {

/// java.lang.String.hashCode(): over UTF-16 units of the UTF-8 text.
std::int32_t javaHashCode(std::string_view text);

/// The order in which a java.util.HashSet (or the keys of a HashMap) iterates after `names` were added one by one.
/// `reserved`: the initial capacity asked for (HashSet(Collection) asks for size / 0.75 + 1, at least 16); 0 = default.
/// Duplicates are dropped. Exact while no bucket holds eight names (Java makes trees of those).
std::vector<std::string> javaHashOrder(const std::vector<std::string>& names, std::size_t reserved = 0);
/// As new HashSet<>(Arrays.asList(names)), which is how Flume reads its component lists.
std::vector<std::string> javaHashSetOf(const std::vector<std::string>& names);

} // namespace millrace::java
