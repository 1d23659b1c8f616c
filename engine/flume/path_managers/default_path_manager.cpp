#include "flume/registry.h"

#include <fmt/core.h>

namespace millrace::flume {

namespace {

class DefaultPathManager final : public PathManager {
public:
    DefaultPathManager(const std::string& prefix, std::string extension, EpochMs start)
        : start_(fmt::format("{}{}-", prefix, start)), extension_(std::move(extension)) {}
    std::string next() override { return withExtension(start_ + std::to_string(++number_), extension_); }

private:
    std::string start_;
    std::string extension_;
    std::int64_t number_ = 0;
};

Result<MakePathManager> makeDefaultPaths(Settings& settings, const ComponentServices& services) {
    const std::string prefix = settings.text("prefix");
    const std::string extension = settings.text("extension");
    MILLRACE_TRY(settings.status());
    return MakePathManager([prefix, extension, clock = services.clock] {
        return std::make_unique<DefaultPathManager>(prefix, extension, clock->epochMs());
    });
}

} // namespace

MILLRACE_COMPONENT(DefaultPathManager, "org.apache.flume.formatter.output.DefaultPathManager$Builder",
                   &makeDefaultPaths)

} // namespace millrace::flume
