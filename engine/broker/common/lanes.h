#pragma once

#include "base/executor.h"

namespace millrace::broker {

/// The threads of a broker that wait for the disk so that its loop never does. Three, so that what nobody waits for
/// does not hold up what somebody does.
struct Lanes {
    Executor& sync; ///< what producers and committers wait for: fdatasync of logs and of the offset journal
    Executor& read; ///< what consumers wait for: records that are not in memory, searches by time
    Executor& slow; ///< all that takes long or has time: topics made and deleted, segments removed, journals rewritten
};

} // namespace millrace::broker
