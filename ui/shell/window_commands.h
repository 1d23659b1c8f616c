#pragma once

#include <functional>

class QWidget;

namespace millrace::canvas {
class CanvasView;
}
namespace millrace::commands {
class CommandRegistry;
}

namespace millrace::studio {

class AppSettings;
class Dialogs;
class DocumentFiles;
class DocumentStore;
class NoticeBar;
class RunController;
class ScreenDocks;

/// What the window's commands work on. All of it lives as long as the registry.
struct WindowParts {
    QWidget* window;
    DocumentStore& store;
    RunController& run;
    DocumentFiles& files;
    AppSettings& settings;
    Dialogs& dialogs;
    canvas::CanvasView& canvas;
    ScreenDocks& screens;
    NoticeBar& notice;
    std::function<void()> startRun;
    std::function<void(bool)> showCanvasOnly;
    std::function<bool()> canvasOnly;
};

/// Each declares the commands of its menu, in the order of the menu.
void addFileCommands(commands::CommandRegistry& registry, const WindowParts& parts);
void addEditCommands(commands::CommandRegistry& registry, const WindowParts& parts);
void addViewCommands(commands::CommandRegistry& registry, const WindowParts& parts);
void addPanelCommands(commands::CommandRegistry& registry, const WindowParts& parts);
void addRunCommands(commands::CommandRegistry& registry, const WindowParts& parts);
void addHelpCommands(commands::CommandRegistry& registry, const WindowParts& parts);

} // namespace millrace::studio
