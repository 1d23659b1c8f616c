#pragma once

#include <CLI/CLI.hpp>

#include <functional>

/// Each adds one command of millraced to `program` and puts what it does into `action`, which main() runs after parsing
/// and whose value is the exit code.
namespace millrace::app {

using Action = std::function<int()>;

void addRunCommand(CLI::App& program, Action& action);
void addAgentCommand(CLI::App& program, Action& action);
void addBrokerCommand(CLI::App& program, Action& action);
void addCheckCommand(CLI::App& program, Action& action);
void addPropertyCommands(CLI::App& program, Action& action);
void addAvroClientCommand(CLI::App& program, Action& action);
void addManualCommand(CLI::App& program, Action& action);
void addTopicsCommand(CLI::App& program, Action& action);
void addGroupsCommand(CLI::App& program, Action& action);
void addConfigsCommand(CLI::App& program, Action& action);
void addProduceCommand(CLI::App& program, Action& action);
void addConsumeCommand(CLI::App& program, Action& action);

/// Exit codes. kUsage: the command line itself is wrong.
inline constexpr int kDrained = 0, kErrors = 1, kUsage = 2, kEventsLeft = 3;

} // namespace millrace::app
