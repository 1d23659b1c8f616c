#include "flume/runtime/agent_impl.h"

namespace millrace::flume {

ApplyReport AgentImpl::apply(const catalog::AgentConfig&, const std::vector<std::pair<std::string, std::string>>&) {
    return {};
}

} // namespace millrace::flume
