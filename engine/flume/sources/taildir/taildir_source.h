#pragma once

#include "flume/component.h"
#include "flume/settings.h"
#include "flume/support/directory_watcher.h"
#include "flume/sources/taildir/tail_set.h"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace millrace::flume {

struct TaildirOptions {
    struct Group {
        std::string name;
        std::filesystem::path directory;
        std::string pattern;
        std::map<std::string, std::string> headers;
    };
    std::vector<Group> groups;
    std::filesystem::path positionFile;
    std::optional<std::string> fileHeader;
    bool byteOffsetHeader = false;
    bool skipToEnd = false;
    std::chrono::milliseconds idleTimeout{120'000};
    std::chrono::milliseconds writePosInterval{3'000};
    std::size_t batchSize = 100;
    std::int64_t maxBatchCount = 0;
};
Result<TaildirOptions> readTaildirOptions(Settings& settings, const ComponentServices& services);

/// org.apache.flume.source.taildir.TaildirSource: follows files by name pattern. Positions move on after the channels'
/// commit and are written every writePosInterval and at the end, so after a crash lines may come twice, never get lost.
class TaildirSource final : public Source {
public:
    TaildirSource(TaildirOptions options, const ComponentServices& services);

    Status start() override;
    /// What the files got just before the stop is taken too, a batch a file at most: of two that read one log both end
    /// with its last line, and a backlog is safer where it is than in a channel.
    void stop() override;
    bool finished() const override { return !pending_ && lastFiles_ == 0; }
    Result<Cycle> cycle(ChannelProcessor& output) override;
    Status reconfigure(const catalog::ComponentConfig& config) override;

private:
    Result<std::vector<TailGroup>> compileGroups() const;
    void applyChanges();
    void scanAll();
    bool isUntold(const std::filesystem::path& directory) const;
    bool anyUntold() const;
    void lookAtUntold();
    void scan(const std::filesystem::path& directory);
    bool read(TailFile& file, bool takeUnfinished);
    Result<Cycle> deliver(ChannelProcessor& output);
    Cycle nothingToRead();
    Result<Cycle> readLast(ChannelProcessor& output);
    void writePositions();

    TaildirOptions options_;
    ComponentServices services_;
    std::unique_ptr<TailSet> files_;
    std::unique_ptr<DirectoryWatcher> watcher_; ///< null: the system has none left, directories are looked at
    std::set<std::filesystem::path> unwatched_; ///< gone, or not readable, or the system gives no more watches
    std::set<std::filesystem::path> foreign_;   ///< watched, which does not show all: of other computers
    EventBatchPtr pending_;
    TailFile* pendingFile_ = nullptr;
    std::uint64_t pendingEnd_ = 0;
    MonotonicTime nextScan_{};
    MonotonicTime nextLook_{}; ///< at what no watch tells of
    MonotonicTime nextWrite_{};
    bool moved_ = false; ///< positions differ from the file
    bool unsavedTold_ = false;
    bool stopped_ = false;
    std::size_t lastFiles_ = 0; ///< after the stop: so many may be read once more
};

Result<std::unique_ptr<Source>> makeTaildirSource(Settings& settings, const ComponentServices& services);

} // namespace millrace::flume
