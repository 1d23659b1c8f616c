#pragma once

#include "session/answer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::app {

/// Which lines of a text are of which file.
class TextPlaces {
public:
    /// From `firstLine` on, counted from 1, they are of `file`. Files come in the order of their lines.
    void add(std::string file, std::int64_t firstLine);
    /// The files, for what is about the whole: "a.conf, b.conf".
    std::string files() const;
    /// A line of a problem, as compilers print it, so that editors can jump to the place: "a.conf:3:1: error: message".
    /// Nothing for a key of an earlier file that a later file sets too: that is how files are laid over each other.
    std::optional<std::string> tell(const session::Issue& issue) const;

private:
    struct File {
        std::string name;
        std::int64_t firstLine;
    };
    const File* fileOf(std::int64_t line) const;
    std::vector<File> files_;
};

/// The texts of several files, one behind the other, which is what Apache Flume makes of several `-f`: the last word
/// about a key counts.
struct ConfigurationText {
    std::string text;
    TextPlaces places;

    void add(const std::string& file, std::string_view added);
};

} // namespace millrace::app
