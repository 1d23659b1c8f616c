#pragma once

#include "storage/support/log_fixture.h"

#include <QtTest>

#include <memory>
#include <string>

namespace millrace::storage::testing {

/// What a test of a log begins with: an empty disk, and a log's directory on it.
class LogPlace {
protected:
    void begin() {
        disk_ = std::make_unique<LogDisk>();
        config_ = {};
    }
    std::unique_ptr<PartitionLog> open() {
        auto log = openPartitionLog(*disk_, kDirectory, config_, lines_);
        return log ? std::move(*log) : nullptr;
    }
    /// `count` batches of one record each, named by their number.
    static void fill(PartitionLog& log, int count, std::int64_t firstTimestamp = 1000) {
        for (int i = 0; i < count; ++i) {
            const auto number = log.nextOffset();
            QVERIFY(append(log, batchOf({"r" + std::to_string(number)}, firstTimestamp + i)));
        }
    }

    std::unique_ptr<PowerCutDisk> disk_;
    MemoryLog lines_;
    LogConfig config_;
};

} // namespace millrace::storage::testing
