#pragma once

#include "flume/component_services.h"
#include "flume/sinks/hdfs/bucket_writer.h"

#include <optional>
#include <vector>

namespace millrace::flume {

/// Gives files that are complete their names. What does not succeed is tried again after hdfs.retryInterval, as often
/// as hdfs.closeTries allows; what was not given its name in the end keeps the one it had while it was written, which
/// the log tells. Not for several threads at once.
class FileEnds {
public:
    /// All outlive it.
    FileEnds(const HdfsOptions& options, FileStore& store, const ComponentServices& services);

    void finish(std::vector<FileEnd> files); ///< now
    void finishLater(FileEnd file);          ///< with the next retryDue()
    void retryDue();
    std::optional<MonotonicTime> nextDue() const;
    /// The sink ends: everything is tried once more, then left as it is.
    void finishAll(std::vector<FileEnd> files);

private:
    std::vector<FileEnd> tried(std::vector<FileEnd> files, bool last);
    void settle(FileEnd file, const Status& status, bool last, std::vector<FileEnd>& again);
    bool isLastTry(const FileEnd& file, bool last) const;
    Status cutAndRename(FileEnd& file, bool last);
    Status renamedBy(FileEnd& file, FileStore::Outcome outcome);

    const HdfsOptions& options_;
    FileStore& store_;
    const ComponentServices& services_;
    std::vector<FileEnd> waiting_;
};

} // namespace millrace::flume
