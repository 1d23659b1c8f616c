#pragma once

#include "flume/component.h"
#include "flume/interceptor.h"

#include <memory>
#include <vector>

namespace millrace::flume {

/// The interceptors that a source's properties list, in their order. Error when one is unknown, foreign here or refuses
/// its settings: Flume then leaves the source out.
Result<std::vector<std::unique_ptr<Interceptor>>>
makeInterceptors(const catalog::Properties& properties, const ComponentServices& services);

} // namespace millrace::flume
