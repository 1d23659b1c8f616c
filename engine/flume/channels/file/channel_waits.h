#pragma once

#include "flume/channels/wait_list.h"

namespace millrace::flume {

/// Who waits for a channel: sinks for events, sources for room.
struct ChannelWaits {
    WaitList takers;
    WaitList putters;
};

} // namespace millrace::flume
