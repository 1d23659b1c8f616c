#pragma once

#include "base/result.h"

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace millrace::app {

/// Lines of files one after the other, or of stdin, in batches: what is there is handed on, nothing waits for more.
/// Bytes are taken as they are; the last line needs no end.
class LineInput {
public:
    struct Line {
        std::string text;
        std::string place; ///< "orders.txt:17"
    };
    static constexpr std::size_t kMostLines = 1000;
    static constexpr std::size_t kMostBytes = 4 << 20;    ///< of a batch
    static constexpr std::size_t kLongestLine = 64 << 20; ///< what is longer is an error

    /// `files`: empty or "-" is stdin. `stop`: true ends the input where it is.
    LineInput(std::vector<std::string> files, char delimiter, const std::atomic<bool>& stop);
    ~LineInput();
    LineInput(const LineInput&) = delete;
    LineInput& operator=(const LineInput&) = delete;

    /// Waits for the first line only. Empty: that was all.
    Result<std::vector<Line>> next();

private:
    Status open();
    Status read(bool& more);
    void take();
    bool wait(bool forFirst) const;
    std::string name() const;

    std::vector<std::string> files_;
    const char delimiter_;
    const std::atomic<bool>& stop_;
    std::size_t file_ = 0; ///< index of the one that is read
    int fd_ = -1;
    std::int64_t line_ = 0;    ///< last one that was taken of the file
    std::string rest_;         ///< bytes behind it
    std::size_t searched_ = 0; ///< of `rest_`, in which no delimiter stands
    std::vector<Line> batch_;
    std::size_t batchBytes_ = 0;
};

} // namespace millrace::app
