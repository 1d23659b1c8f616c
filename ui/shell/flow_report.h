#pragma once

#include <QString>

namespace millrace::studio {

class DocumentStore;
class RunController;

/// One sentence about what holds the flow back at the moment, and what it leads to; only from what is counted. In the
/// language in force.
QString flowSentence(const DocumentStore& store, const RunController& run);
/// A run is on, but none of the document's nodes works in it: all are of types that only Flume itself runs, or in error.
bool nothingRuns(const DocumentStore& store, const RunController& run);
/// "in 2 904 118 · out 2 862 954 · in flight 41 164 · failed 0"; empty before the first run and
/// while a run starts.
QString accountText(const RunController& run);

} // namespace millrace::studio
