#pragma once

class QColor;

namespace millrace::look {

/// Contrast ratio of two opaque colours as WCAG 2.1 defines it: 1 (equal) to 21 (black on white). Words need 4.5,
/// outlines and glyphs that carry a meaning 3.
double contrastRatio(const QColor& one, const QColor& other);

} // namespace millrace::look
