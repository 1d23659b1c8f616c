#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "flume/settings.h"

#include <functional>
#include <memory>
#include <string>

namespace millrace::flume {

/// Names the files of file_roll one after the other (org.apache.flume.formatter.output.PathManager).
class PathManager {
public:
    virtual ~PathManager() = default;
    virtual std::string next() = 0;
};

using PathManagerFactory = std::function<std::unique_ptr<PathManager>(EpochMs start)>;

/// `type`: DEFAULT (`<prefix><milliseconds of the sink's start>-<n>`), ROLLTIME (`<prefix><yyyyMMddHHmmss>-<n>`, n from
/// 1 within a second) in any letter case, or their class names; `properties` are the path manager's own.
Result<PathManagerFactory> pathManagerFactory(const std::string& type, const catalog::Properties& properties);
/// The same, of the declaration that `settings` has.
Result<PathManagerFactory> pathManagerFactory(Settings& settings);

} // namespace millrace::flume
