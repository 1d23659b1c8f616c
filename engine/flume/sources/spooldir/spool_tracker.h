#pragma once

#include "base/file_system.h"
#include "base/random.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace millrace::flume {

/// How far the file has been read that a spooling source has begun: the tracker file of Flume, which either reads after
/// the other (org.apache.flume.serialization.DurablePositionTracker). An Avro file that names the file and holds a
/// record for each position; the last one counts. One thread.
class SpoolTracker {
public:
    /// `random` makes the sync marker, and outlives this.
    SpoolTracker(FileSystem& disk, std::filesystem::path path, Random& random)
        : disk_(disk), path_(std::move(path)), random_(random) {}

    struct Place {
        std::string file;
        std::uint64_t position = 0;
        std::uint64_t inode = 0; ///< of the file; 0: Flume has written this
    };
    /// Nothing when there is none. The error `corrupt`: it cannot be understood.
    Result<std::optional<Place>> read() const;
    /// Notes the place: behind the others of this file, or in a new tracker file that replaces the old one at once.
    Status store(const Place& place);
    /// The file it names is done.
    Status remove();
    bool exists() const { return exists_; }

private:
    Status begin(const Place& place);

    FileSystem& disk_;
    const std::filesystem::path path_;
    Random& random_;
    std::string file_; ///< that the open tracker file is about
    std::string sync_;
    std::unique_ptr<File> open_; ///< null: it has to be begun
    mutable bool exists_ = false;
};

} // namespace millrace::flume
