#pragma once

#include "broker/access/access.h"
#include "broker/common/call.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace millrace::broker {

struct Context;

/// What handlers ask about the client whose request they serve; see Authorizer. Loop thread only.
///
/// Kafka's error number for what it may not do, which the log is told; 0: it may.
std::int16_t refusal(const Call& call, const Context& context, Access access, std::string_view name);
/// The same where nobody is refused: what may not be seen is left out, or another right will do.
bool allows(const Call& call, const Context& context, Access access, std::string_view name);
/// The operations that it may do, a bit for each: none of what it may not describe. Or that it has not asked.
std::int32_t operationsIfAsked(bool asked, const Call& call, const Context& context, Access::Resource resource,
                               std::string_view name);

/// Of topics, which is asked most.
std::int16_t topicRefusal(const Call& call, const Context& context, Access::Operation operation,
                          const std::string& name);
bool maySeeTopic(const Call& call, const Context& context, const std::string& name);

} // namespace millrace::broker
