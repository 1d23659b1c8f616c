#pragma once

#include "session/answer.h"

#include <QString>

namespace millrace::studio {

class DocumentStore;
class RunController;

/// What the answer to a stop says of the events that were still on the way.
struct LeftAfterStop {
    std::int64_t lost = 0, kept = 0; ///< with memory channels; on disk
};
LeftAfterStop leftOf(const session::Answer& answer);

/// One sentence about what holds the flow back at the moment, and what it leads to; only from what is counted. In the
/// language in force.
QString flowSentence(const DocumentStore& store, const RunController& run, const LeftAfterStop& left = {});
/// A run is on, but none of the document's nodes works in it: all are of types that only Flume itself runs, or in error.
bool nothingRuns(const DocumentStore& store, const RunController& run);
/// "in 2 904 118 · out 2 862 954 · in flight 41 164 · failed 0"; empty before the first run and
/// while a run starts.
QString accountText(const RunController& run, const LeftAfterStop& left = {});

} // namespace millrace::studio
