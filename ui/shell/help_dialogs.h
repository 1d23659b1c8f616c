#pragma once

class QWidget;

namespace millrace::studio {

/// Both block nothing and delete themselves.
void showShortcuts(QWidget* parent);
void showAbout(QWidget* parent);

} // namespace millrace::studio
