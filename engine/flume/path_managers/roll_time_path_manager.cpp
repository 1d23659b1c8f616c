#include "flume/registry.h"

#include <fmt/core.h>

#include <array>
#include <ctime>

namespace millrace::flume {

namespace {

class RollTimePathManager final : public PathManager {
public:
    RollTimePathManager(std::string prefix, std::string extension, const ThreadClock& clock)
        : prefix_(std::move(prefix)), extension_(std::move(extension)), clock_(clock) {}
    std::string next() override {
        const std::time_t now = clock_.epochMs() / 1000;
        std::tm local{};
        ::localtime_r(&now, &local);
        std::array<char, 32> second{};
        std::strftime(second.data(), second.size(), "%Y%m%d%H%M%S", &local);
        if (second_ != second.data()) number_ = 0;
        second_ = second.data();
        return withExtension(fmt::format("{}{}-{}", prefix_, second_, ++number_), extension_);
    }

private:
    std::string prefix_;
    std::string extension_;
    const ThreadClock& clock_;
    std::string second_;
    std::int64_t number_ = 0;
};

Result<MakePathManager> makeRollTimePaths(Settings& settings, const ComponentServices& services) {
    const std::string prefix = settings.text("prefix");
    const std::string extension = settings.text("extension");
    MILLRACE_TRY(settings.status());
    return MakePathManager([prefix, extension, clock = services.clock] {
        return std::make_unique<RollTimePathManager>(prefix, extension, *clock);
    });
}

} // namespace

MILLRACE_COMPONENT(RollTimePathManager, "org.apache.flume.formatter.output.RollTimePathManager$Builder",
                   &makeRollTimePaths)

} // namespace millrace::flume
