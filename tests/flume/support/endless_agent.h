#pragma once

#include "flume/support/agent_fixture.h"

#include <cstddef>
#include <string>
#include <vector>

namespace millrace::flume::test {

using Pairs = AgentText::Pairs;
using Ids = std::vector<std::string>;

/// A source of numbers without end but not too fast, so that whatever is lost or doubled shows.
inline AgentText& endless(AgentText& text, const std::string& channels, const Pairs& more = {}) {
    Pairs properties{{"channels", channels}, {"batchSize", "5"}};
    properties.insert(properties.end(), more.begin(), more.end());
    return text.source("s", "seq", properties);
}

inline AgentText simple(const Pairs& channel = {{"capacity", "5000"}}) {
    AgentText text("a");
    return endless(text, "c").channel("c", channel).sink("k", "logger", {{"channel", "c"}});
}

inline bool isSequence(const std::vector<std::string>& bodies, std::size_t first = 0) {
    for (std::size_t i = 0; i < bodies.size(); ++i)
        if (bodies[i] != std::to_string(first + i)) return false;
    return true;
}

} // namespace millrace::flume::test
