#pragma once

#include "base/result.h"
#include "flume/component_services.h"
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

/// Makes one as the sink starts.
using MakePathManager = std::function<std::unique_ptr<PathManager>()>;

/// `type`: DEFAULT (`<prefix><milliseconds of the sink's start>-<n>`), ROLLTIME (`<prefix><yyyyMMddHHmmss>-<n>`, n from
/// 1 within a second) in any letter case, or their class names; `properties` are the path manager's own, `services` its
/// sink's.
Result<MakePathManager> pathManagerMaker(const std::string& type, const catalog::Properties& properties,
                                         const ComponentServices& services);

/// "name.extension", or the name where there is no extension.
std::string withExtension(std::string name, const std::string& extension);

} // namespace millrace::flume
