#include "flume/path_managers/path_manager.h"

#include <fmt/core.h>

#include <array>
#include <ctime>

namespace millrace::flume {
namespace {

std::string withExtension(std::string name, const std::string& extension) {
    return extension.empty() ? name : name + '.' + extension;
}

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

class RollTimePathManager final : public PathManager {
public:
    RollTimePathManager(std::string prefix, std::string extension)
        : prefix_(std::move(prefix)), extension_(std::move(extension)) {}
    std::string next() override {
        const std::time_t now = systemEpochMs() / 1000;
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
    std::string second_;
    std::int64_t number_ = 0;
};

Error notHere(std::string_view type) {
    return {ErrorCode::unsupported, fmt::format("the path manager {} does not run here; DEFAULT and ROLLTIME do", type),
            false};
}

} // namespace

Result<PathManagerFactory> pathManagerFactory(Settings& settings) {
    std::string prefix = settings.text("prefix");
    std::string extension = settings.text("extension");
    const std::string_view alias = settings.spec().alias;
    if (alias == "DEFAULT")
        return PathManagerFactory([prefix, extension](EpochMs start) -> std::unique_ptr<PathManager> {
            return std::make_unique<DefaultPathManager>(prefix, extension, start);
        });
    if (alias == "ROLLTIME")
        return PathManagerFactory([prefix, extension](EpochMs) -> std::unique_ptr<PathManager> {
            return std::make_unique<RollTimePathManager>(prefix, extension);
        });
    return notHere(settings.spec().title);
}

Result<PathManagerFactory> pathManagerFactory(const std::string& type, const catalog::Properties& properties) {
    const catalog::ComponentSpec* spec = catalog::flumeCatalog().find(catalog::ComponentKind::pathManager, type);
    if (!spec) return notHere(type);
    Settings settings(*spec, properties, "path manager");
    return pathManagerFactory(settings);
}

} // namespace millrace::flume
