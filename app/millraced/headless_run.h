#pragma once

#include "configuration.h"
#include "log_levels.h"
#include "session/session.h"

#include <chrono>
#include <functional>
#include <string>

namespace millrace::app {

/// Prepares the process: raises the limit of open files, blocks SIGINT, SIGTERM and the wake-up signal in this thread and those it will make. Call before any thread exists.
void blockSignals();

struct HeadlessRun {
    session::StartRequest request; ///< with the text of the document
    TextPlaces places;             ///< of that text
    LogLevels levels;              ///< of the lines that are printed
    std::chrono::milliseconds drainLimit{10'000};
    Configuration* configuration = nullptr; ///< where the document is from, and is told what runs; null = nowhere
    /// How often to look there whether it has changed (Flume's reload); 0 = never.
    std::chrono::seconds reloadEvery{0};
    /// Called once the start is answered, e.g. to print addresses. "Running." is printed when all sources take events.
    std::function<void(session::Session&)> started;
};

/// Starts a session, prints its log and issues to stderr, runs until SIGINT or SIGTERM, drains (a second signal ends at
/// once), names what is left. Returns the exit code.
int runHeadless(const HeadlessRun& run);

} // namespace millrace::app
