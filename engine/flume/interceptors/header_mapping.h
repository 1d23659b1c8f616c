#pragma once

#include "flume/event_batch.h"

#include <functional>

namespace millrace::flume {

/// Replaces the header sets of events that depend on nothing but the old set: `change` is called once for each distinct
/// set of a batch and returns the new one, or the same pointer.
void mapHeaders(EventRanges& events, const std::function<HeaderSetPtr(const HeaderSetPtr&)>& change);

/// The same for events whose header sets depend on more: `change` is called for each event, with its body.
void mapEachEvent(EventRanges& events,
                  const std::function<HeaderSetPtr(std::string_view body, const HeaderSetPtr&)>& change);

/// Adds one header to all events, as Flume's interceptors do: with `preserve` events that have it keep theirs.
void putHeader(EventRanges& events, const std::string& key, const std::string& value, bool preserve);

} // namespace millrace::flume
