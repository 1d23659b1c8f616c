#pragma once

#include "flume/component_services.h"
#include "java/java_regex.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace millrace::flume {

enum class ConsumeOrder { oldest, youngest, random };

struct SpoolDirectoryOptions {
    std::filesystem::path directory;
    std::filesystem::path trackerDirectory;
    std::string suffix; ///< of files that are done
    std::string includePattern;
    std::string ignorePattern;
    ConsumeOrder order = ConsumeOrder::oldest;
    bool recursive = false;
    bool marksInTracker = false;            ///< what is done is told by a file of its name in the tracker directory
    std::chrono::milliseconds settled{500}; ///< a file that changed later than that may still be written to
};

/// The files of a spooling directory that wait to be read. Runner thread, which may wait for the disk.
class SpoolDirectory {
public:
    /// An error names the pattern that cannot be used.
    static Result<SpoolDirectory> make(const SpoolDirectoryOptions& options, const ComponentServices& services);

    /// Lists it anew.
    Status look();
    /// The next one, which is taken off; nothing: none waits.
    std::optional<FileInfo> next();
    /// This one, if it waits; it is taken off.
    std::optional<FileInfo> take(const std::filesystem::path& file);
    /// Some may still be written to: look again.
    bool anyUnsettled() const { return unsettled_; }
    /// Those that were listed, the first is the spooling directory itself.
    const std::vector<std::filesystem::path>& directories() const { return directories_; }
    /// The file that says of another in the tracker directory that it is done.
    std::filesystem::path markerOf(const std::filesystem::path& file) const;

private:
    SpoolDirectory(const SpoolDirectoryOptions& options, const ComponentServices& services, java::JavaRegex include,
                   java::JavaRegex ignore)
        : options_(options), services_(services), include_(std::move(include)), ignore_(std::move(ignore)) {}
    Status list(const std::filesystem::path& directory);
    bool isCandidate(const FileInfo& file);

    SpoolDirectoryOptions options_;
    ComponentServices services_;
    java::JavaRegex include_, ignore_;
    std::vector<std::filesystem::path> directories_;
    std::deque<FileInfo> waiting_; ///< in the order in which they are read, but for random
    bool unsettled_ = false;
};

} // namespace millrace::flume
