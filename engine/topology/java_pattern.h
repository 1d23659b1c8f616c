#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace millrace::topology {

/// A Java regular expression from a topology file, compiled once. Work per match is bounded, so a hostile pattern costs
/// a "no" and no time.
class JavaPattern {
public:
    explicit JavaPattern(std::string_view pattern);
    ~JavaPattern();
    JavaPattern(const JavaPattern&) = delete;
    JavaPattern& operator=(const JavaPattern&) = delete;
    /// Empty when the pattern could be compiled.
    const std::string& error() const { return error_; }
    /// The whole of `text` matches; false when the pattern is broken.
    bool matchesAll(std::string_view text) const;

private:
    struct Code;
    std::unique_ptr<Code> code_;
    std::string error_;
};

} // namespace millrace::topology
