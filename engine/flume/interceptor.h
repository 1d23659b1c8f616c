#pragma once

#include "flume/event_batch.h"

namespace millrace::flume {

/// Changes or drops events on their way from a source (org.apache.flume.interceptor.Interceptor). Runner thread only.
/// Never touches a published batch: a new header table over the same bodies, or for new bodies a new batch.
class Interceptor {
public:
    virtual ~Interceptor() = default;
    /// In place on the list of ranges: an event that is dropped is left out of it.
    virtual void intercept(EventRanges& events) = 0;
};

} // namespace millrace::flume
