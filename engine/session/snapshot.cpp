#include "session/snapshot.h"

#include <array>

namespace millrace::session {

namespace {
constexpr std::array<std::pair<State, const char*>, 9> kNames{{
    {State::stopped, "stopped"},
    {State::starting, "starting"},
    {State::running, "running"},
    {State::idle, "idle"},
    {State::waiting, "waiting"},
    {State::failing, "failing"},
    {State::foreign, "foreign"},
    {State::notRun, "notRun"},
    {State::paused, "paused"},
}};
} // namespace

const char* toString(State state) {
    for (const auto& [value, name] : kNames)
        if (value == state) return name;
    return "stopped";
}

std::optional<State> stateFrom(const std::string& text) {
    for (const auto& [value, name] : kNames)
        if (text == name) return value;
    return std::nullopt;
}

} // namespace millrace::session
