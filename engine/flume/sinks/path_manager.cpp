#include "flume/sinks/path_manager.h"

#include <fmt/core.h>

#include <array>
#include <ctime>
#include <strings.h>

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

bool isOneOf(const std::string& type, const char* alias, const std::string& className) {
    return ::strcasecmp(type.c_str(), alias) == 0 || type == className || type == className + "$Builder";
}

} // namespace

Result<std::unique_ptr<PathManager>> makePathManager(const std::string& type, const std::string& prefix,
                                                     const std::string& extension, EpochMs now) {
    const std::string package = "org.apache.flume.formatter.output.";
    if (isOneOf(type, "DEFAULT", package + "DefaultPathManager"))
        return std::unique_ptr<PathManager>(std::make_unique<DefaultPathManager>(prefix, extension, now));
    if (isOneOf(type, "ROLLTIME", package + "RollTimePathManager"))
        return std::unique_ptr<PathManager>(std::make_unique<RollTimePathManager>(prefix, extension));
    return Error{ErrorCode::unsupported,
                 fmt::format("the path manager {} does not run here; DEFAULT and ROLLTIME do", type), false};
}

} // namespace millrace::flume
