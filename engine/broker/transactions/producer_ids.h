#pragma once

#include "base/executor.h"
#include "base/log.h"
#include "broker/topics/topic_journal.h"

#include <cstdint>
#include <optional>

namespace millrace::broker {

/// Hands out producer ids that never repeat, also across restarts: blocks of a thousand are marked as used in the
/// journal before the first of them is given away. Loop thread only.
class ProducerIds {
public:
    ProducerIds(TopicJournal& journal, Executor& loop, Executor& slow, Log& log)
        : journal_(journal), loop_(loop), slow_(slow), log_(log), next_(journal.nextProducerId()), end_(next_) {}

    /// Reserves the first block. May wait for the disk: before the loop serves.
    Status open();
    /// Nothing while the next block is being written: the client asks again.
    std::optional<std::int64_t> next();

private:
    static constexpr std::int64_t kBlock = 1000;
    void reserve();

    TopicJournal& journal_;
    Executor& loop_;
    Executor& slow_;
    Log& log_;
    std::int64_t next_;
    std::int64_t end_; ///< first id that is not reserved
    bool reserving_ = false;
};

} // namespace millrace::broker
