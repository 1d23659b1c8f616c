#pragma once

class QWidget;

namespace millrace::commands {
class CommandRegistry;
}

namespace millrace::studio {

/// Both block nothing and delete themselves.
void showShortcuts(const commands::CommandRegistry& registry, QWidget* parent);
void showAbout(QWidget* parent);

} // namespace millrace::studio
