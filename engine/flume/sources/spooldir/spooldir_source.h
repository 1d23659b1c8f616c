#pragma once

#include "flume/component.h"
#include "flume/deserializer.h"
#include "flume/settings.h"
#include "flume/sources/spooldir/spool_directory.h"
#include "flume/sources/spooldir/spool_tracker.h"
#include "flume/support/directory_watcher.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace millrace::flume {

struct SpooldirOptions {
    SpoolDirectoryOptions directory;
    bool deletes = false; ///< what is done, instead of marking it
    std::optional<std::string> fileHeader;
    std::optional<std::string> basenameHeader;
    std::chrono::milliseconds pollDelay{500};
    std::size_t batchSize = 100;
    const java::JavaCharset* charset = nullptr;
    DecodeErrors decodeErrors = DecodeErrors::fail;
    MakeDeserializer deserializer;
};
Result<SpooldirOptions> readSpooldirOptions(Settings& settings, const ComponentServices& services);

/// org.apache.flume.source.SpoolDirectorySource: reads files that are dropped into a directory, one after the other,
/// and marks each when all of it is in the channels. The place in a file that was begun is kept in the tracker file
/// after each commit, so that after a crash a batch may come twice, and none is lost. What Flume ends with for good is
/// a failure here, which goes when its cause goes.
class SpooldirSource final : public Source {
public:
    SpooldirSource(SpooldirOptions options, const ComponentServices& services);

    Status start() override;
    void stop() override;
    bool finished() const override { return !pending_; }
    void close() override;
    Result<Cycle> cycle(ChannelProcessor& output) override;
    Status reconfigure(const catalog::ComponentConfig& config) override;

private:
    /// The file that is read.
    struct Current {
        FileInfo info; ///< as it was when it was opened, or had grown last
        std::unique_ptr<Deserializer> deserializer;
        HeaderSetPtr headers;        ///< of all its events
        std::uint64_t committed = 0; ///< what is in front of this is in the channels
        std::uint64_t stored = 0;    ///< and so is the tracker file's
        std::uint64_t delivered = 0; ///< events
        bool growthTold = false;
        bool marked = false; ///< as done
    };
    Status checkWritable() const;
    void watch();
    void look();
    bool lookIsDue();
    bool openNext();
    Result<std::unique_ptr<Current>> open(const FileInfo& info);
    std::uint64_t placeOf(const FileInfo& info);
    Status readOn();
    EventBatchPtr withHeaders(EventBatchPtr batch) const;
    enum class AtEnd {
        whole,
        grown, ///< it is read on
        gone,  ///< it has this name no more
    };
    Result<AtEnd> lookAtEnd();
    Result<bool> letGoIfChanged();
    Status finishFile();
    Status mark(const std::filesystem::path& file);
    Status changedNamesIn(const std::filesystem::path& directory);
    Status syncNames();
    Status markInTracker(const std::filesystem::path& file);
    void storePlace();
    Result<Cycle> deliver(ChannelProcessor& output);
    Cycle sleep();

    SpooldirOptions options_;
    ComponentServices services_;
    std::optional<SpoolDirectory> directory_;
    std::optional<SpoolTracker> tracker_;
    std::optional<SpoolTracker::Place> restored_; ///< of an earlier run, until its file is opened
    std::unique_ptr<DirectoryWatcher> watcher_;   ///< null: the system has none left
    bool seesAll_ = false;
    MonotonicTime nextLook_{};
    std::optional<Error> lookFailure_; ///< the directory, or a file in it, cannot be read
    std::unique_ptr<Current> current_;
    EventBatchPtr pending_;
    std::uint64_t pendingEnd_ = 0;
    std::filesystem::path unsynced_; ///< a directory in which a name changed; empty: none
    bool placeUntold_ = false;       ///< the place could not be stored, which the log has
    bool stopped_ = false;
};

Result<std::unique_ptr<Source>> makeSpooldirSource(Settings& settings, const ComponentServices& services);

} // namespace millrace::flume
