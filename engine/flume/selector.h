#pragma once

#include "base/result.h"
#include "catalog/component_spec.h"
#include "flume/component_services.h"
#include "flume/event_batch.h"
#include "flume/settings.h"

#include <memory>
#include <string>
#include <vector>

namespace millrace::flume {

/// Where the events of one batch go: an element for each channel of the source, in the source's order.
struct Routes {
    std::vector<EventRanges> required;
    std::vector<EventRanges> optional; ///< failures there are only logged
    void reset(std::size_t channels);
};

/// Decides which channels an event goes to (org.apache.flume.ChannelSelector). Runner thread only. Keeps the order of
/// events within each channel.
class Selector {
public:
    virtual ~Selector() = default;
    /// `routes` is empty and has an element for each channel.
    virtual void route(const EventRanges& events, Routes& routes) = 0;
    /// True when every event goes to every channel, all required: nothing needs to be routed.
    virtual bool sendsAllToAll() const { return false; }
    /// True when each event goes to one channel, whichever that is: what that one refuses may go to another. Otherwise
    /// an event goes the same way each time.
    virtual bool spreads() const { return false; }
};

/// A selector by `selector.type` (alias or class, replicating when absent); `properties` are the source's, `channels`
/// its channels' names. Errors: unknown type, a channel that the source has not.
Result<std::unique_ptr<Selector>> makeSelector(const catalog::Properties& properties,
                                               const std::vector<std::string>& channels,
                                               const ComponentServices& services);

} // namespace millrace::flume
