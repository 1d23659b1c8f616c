#pragma once

#include "base/result.h"
#include "flume/event_batch.h"
#include "java/java_charset.h"

#include <string_view>

namespace millrace::flume {

/// The events of `[{"headers":{"name":"value"},"body":"text"}, …]`, in UTF-8. Numbers and truth values count as the
/// text that stands for them; a header that is null is none; what is neither headers nor body is left out. Null: there
/// are none. `bodies`: the charset in which they are written. The error invalidArgument says where what is wrong.
Result<EventBatchPtr> readJsonEvents(std::string_view json, const java::JavaCharset& bodies);

} // namespace millrace::flume
