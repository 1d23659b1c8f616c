#include "commands.h"
#include "flume_words.h"

#include <algorithm>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

int main(int argc, char** argv) {
    CLI::App program("Runs Flume and Kafka topologies without a screen", "millraced");
    program.set_version_flag("--version", "millraced " MILLRACE_VERSION);
    program.require_subcommand(1);
    program.failure_message(CLI::FailureMessage::help);
    program.footer("Exit code: 2 when the command line is wrong; else 0, or 1 when there were errors.");

    millrace::app::Action action;
    millrace::app::addRunCommand(program, action);
    millrace::app::addAgentCommand(program, action);
    millrace::app::addBrokerCommand(program, action);
    millrace::app::addCheckCommand(program, action);
    millrace::app::addPropertyCommands(program, action);
    millrace::app::addAvroClientCommand(program, action);
    millrace::app::addManualCommand(program, action);
    millrace::app::addTopicsCommand(program, action);
    millrace::app::addGroupsCommand(program, action);
    millrace::app::addConfigsCommand(program, action);
    millrace::app::addProduceCommand(program, action);
    millrace::app::addConsumeCommand(program, action);
    try {
        std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
        if (!words.empty() && words.front() == "agent") words = millrace::app::flumeWords(std::move(words));
        std::reverse(words.begin(), words.end()); // the parser takes them from the end
        program.parse(std::move(words));
        return action();
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? 0 : millrace::app::kUsage; // --help and --version come this way too
    } catch (const std::exception& error) {
        std::cerr << "millraced: " << error.what() << '\n';
        return millrace::app::kErrors;
    }
}
