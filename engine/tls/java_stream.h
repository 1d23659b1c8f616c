#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace millrace::tls {

/// One object as java.io.ObjectOutputStream writes it: its fields that are texts or arrays of bytes.
struct JavaObject {
    std::string className;
    std::map<std::string, std::string> texts;
    std::map<std::string, std::vector<std::uint8_t>> arrays;
    std::size_t size = 0; ///< bytes of the whole stream that it took
};

/// Whether the bytes begin with the header of a stream.
bool isJavaStream(std::span<const std::uint8_t> bytes);

/// The object at the beginning of `bytes`, which starts with the header of a stream (Java Object Serialization
/// Specification, chapter 6). Nothing when it is damaged, or has something in it that keys do not have: another object,
/// an own writeObject(), fields of numbers beyond primitive ones.
std::optional<JavaObject> readJavaObject(std::span<const std::uint8_t> bytes);

} // namespace millrace::tls
