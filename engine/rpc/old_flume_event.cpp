#include "rpc/old_flume_event.h"

#include <array>
#include <string>

namespace millrace::rpc {
namespace {

std::string priorityName(std::int64_t priority) {
    static constexpr std::array kNames{"FATAL", "ERROR", "WARN", "INFO", "DEBUG", "TRACE"};
    const auto index = static_cast<std::uint64_t>(priority);
    return index < kNames.size() ? kNames[index] : std::to_string(priority);
}

} // namespace

void oldFlumeHeaders(const OldFlumeEvent& event, const EventHeaders::Entry& entry) {
    entry("host", event.host);
    entry("timestamp", std::to_string(event.timestamp));
    entry("pri", priorityName(event.priority));
    entry("nanos", std::to_string(event.nanos));
}

void oldFlumeMark(const EventHeaders::Entry& entry) {
    entry("FlumeOG", "yes");
}

} // namespace millrace::rpc
