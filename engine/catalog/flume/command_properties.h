#pragma once

#include "catalog/check_support.h"
#include "catalog/join.h"

/// What the components share that run a command.
namespace millrace::catalog {

inline constexpr std::string_view kCommandFormats[] = {"json", "frames"};
inline constexpr std::string_view kMillracesOwn = "part of Millrace, not of Apache Flume";

/// Source, sink and interceptor of type `command` (docs/custom-components.md).
inline constexpr auto kCommandCommon = std::to_array<PropertySpec>({
    {.name = "command", .required = true, .help = "The command to run, split at blanks unless a shell is set."},
    {.name = "shell",
     .level = PropertyLevel::advanced,
     .help = "Shell that interprets the command, needed for pipes, wildcards and quotes."},
    {.name = "format",
     .type = PropertyType::choice,
     .defaultValue = "json",
     .choices = kCommandFormats,
     .help = "How messages are written: json is one object a line, frames have a length in front.",
     .strict = true},
    {.name = "restartThrottle",
     .type = PropertyType::duration,
     .defaultValue = "1000",
     .unit = "ms",
     .range = {.minimum = 1},
     .level = PropertyLevel::advanced,
     .help = "Pause before a command that has ended is started again, doubled for each further try up to a minute."},
    {.name = "stopTimeout",
     .type = PropertyType::duration,
     .defaultValue = "3000",
     .unit = "ms",
     .range = {.minimum = 0},
     .level = PropertyLevel::advanced,
     .help = "Longest time for the command to end after its input has ended, before it is killed."},
});

/// Of those that wait for the command.
inline constexpr auto kCommandAnswers = std::to_array<PropertySpec>({
    {.name = "answerTimeout",
     .type = PropertyType::duration,
     .defaultValue = "30000",
     .unit = "ms",
     .range = {.minimum = 1},
     .level = PropertyLevel::advanced,
     .apply = ApplyClass::live,
     .help = "Longest time without an answer that is due, after which the command is killed and started again; for all "
             "answers to a batch ten times as long."},
});

/// A command without a shell is split at blanks and run as it is; these characters reach the program as plain text.
inline void checkCommandLine(const Properties& properties, std::vector<Finding>& findings) {
    const PropertyReader reader(properties);
    if (reader.has("shell")) return;
    const std::string command = reader.textOr("command", "");
    const auto special = command.find_first_of("|<>;&*`\"'$");
    if (special == std::string::npos) return;
    warn(findings, "shell", "exec-needs-shell", {"shell", std::string(1, command[special])}, "/bin/sh -c");
}

} // namespace millrace::catalog
