#include "session/snapshot.h"

#include <array>

namespace millrace::session {

namespace {
constexpr std::array<std::pair<State, const char*>, 10> kNames{{
    {State::stopped, "stopped"},
    {State::starting, "starting"},
    {State::running, "running"},
    {State::idle, "idle"},
    {State::waiting, "waiting"},
    {State::failing, "failing"},
    {State::foreign, "foreign"},
    {State::notRun, "notRun"},
    {State::paused, "paused"},
    {State::unknown, "unknown"},
}};
} // namespace

const char* toString(State state) {
    for (const auto& [value, name] : kNames)
        if (value == state) return name;
    return "unknown";
}

State stateFrom(std::string_view text) {
    for (const auto& [value, name] : kNames)
        if (text == name) return value;
    return State::unknown;
}

} // namespace millrace::session
