#pragma once

#include "flume/event_serializer.h"
#include "flume/settings.h"
#include "flume/sinks/escapes.h"
#include "flume/sinks/hdfs/file_store.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace millrace::flume {

/// The settings of an hdfs sink, as they are used; 0 is no limit throughout.
struct HdfsOptions {
    std::string directory; ///< without scheme and host; may have escapes
    std::string prefix;    ///< of file names; may have escapes
    std::string suffix, inUsePrefix, inUseSuffix;
    EscapeTime times;
    bool useLocalTime = false;

    std::chrono::milliseconds rollInterval{0}, idleTimeout{0};
    std::uint64_t rollSize = 0, rollCount = 0;
    std::size_t batchSize = 100;
    std::size_t maxOpenFiles = 5000; ///< one at least
    std::size_t callsAtOnce = 10;    ///< one at least
    std::int64_t closeTries = 0;
    std::chrono::milliseconds retryInterval{0};

    MakeSerializer serializer;
    std::function<std::unique_ptr<FileStore>()> store;
};

/// All is checked here: what does not run is refused with the property's name.
Result<HdfsOptions> readHdfsOptions(Settings& settings, const ComponentServices& services);

} // namespace millrace::flume
