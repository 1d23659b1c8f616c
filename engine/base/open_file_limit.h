#pragma once

namespace millrace {

/// Lets this process open as many files as its hard limit allows: each connection and each partition that was written
/// keeps one, and the soft limit is often only 1,024. What cannot be raised stays. Before the first thread.
void raiseOpenFileLimit();

} // namespace millrace
