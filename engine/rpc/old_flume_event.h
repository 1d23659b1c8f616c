#pragma once

#include "rpc/event_sink.h"

#include <cstdint>
#include <string_view>

namespace millrace::rpc {

/// What an event of Flume 0.9 has beside its body and its fields.
struct OldFlumeEvent {
    std::int64_t timestamp = 0;
    std::int64_t priority = 0; ///< a number out of range is shown as it is
    std::int64_t nanos = 0;
    std::string_view host;
};

/// As the headers host, timestamp, pri, nanos and FlumeOG = yes, of which Flume's legacy sources make the same. The
/// fields of the event come between, and win over host to nanos when they are called so.
void oldFlumeHeaders(const OldFlumeEvent& event, const EventHeaders::Entry& entry);
void oldFlumeMark(const EventHeaders::Entry& entry);

} // namespace millrace::rpc
