#pragma once

namespace millrace::topology {

/// Sizes on the canvas, shared by layout and drawing so that frames fit what is drawn. Scene units = px at 100 %.
namespace metrics {
inline constexpr double kNodeWidth = 176, kNodeHeight = 64;
inline constexpr double kTopicWidth = 192, kTopicHeight = 82;
inline constexpr double kGridStep = 8;
inline constexpr double kFramePadding = 24, kFrameTitle = 32;
inline constexpr double kGapX = 64, kGapY = 40;
} // namespace metrics

} // namespace millrace::topology
