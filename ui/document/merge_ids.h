#pragma once

namespace millrace::studio {

/// A number for one stay in a field or one burst of typing: edits pushed with the same number become one undo step.
/// Never 0 and never given out twice. GUI thread only.
inline int newMergeId() {
    static int last = 0x4d0000; // far from small numbers that a view may have chosen for its own gestures
    return ++last;
}

} // namespace millrace::studio
