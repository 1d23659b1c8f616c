#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <cstdint>
#include <memory>
#include <string>

namespace millrace::flume {

/// Names the files of file_roll one after the other (org.apache.flume.formatter.output.PathManager).
class PathManager {
public:
    virtual ~PathManager() = default;
    virtual std::string next() = 0;
};

/// `type`: DEFAULT (`<prefix><milliseconds of the sink's start>-<n>`), ROLLTIME (`<prefix><yyyyMMddHHmmss>-<n>`, n from
/// 1 within a second) in any letter case, or their class names.
Result<std::unique_ptr<PathManager>> makePathManager(const std::string& type, const std::string& prefix,
                                                     const std::string& extension, EpochMs now);

} // namespace millrace::flume
