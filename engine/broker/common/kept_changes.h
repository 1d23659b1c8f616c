#pragma once

#include "base/executor.h"
#include "base/file_system.h"
#include "base/log.h"
#include "storage/journal.h"
#include "wire/reader.h"
#include "wire/writer.h"

#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace millrace::broker {

/// A journal of what clients set and of what they take away again, one `Entry` each, which has a field list. Changes
/// are done one after the other, and are on stable storage before they count. Loop thread only.
template <typename Entry>
class KeptChanges {
public:
    /// What is to be written, by what all changes before have left.
    using Plan = std::function<std::vector<Entry>()>;
    using Done = std::function<void(const Status&)>;

    /// `holds`: what the log calls them. `apply` is called for each entry that counts from then on, when it is read and
    /// when it was written. All outlive it.
    KeptChanges(std::string holds, Executor& loop, Executor& slow, Log& log, std::function<void(const Entry&)> apply)
        : holds_(std::move(holds)), loop_(loop), slow_(slow), log_(log), apply_(std::move(apply)) {}

    /// As storage::Journal::open(). An entry that is not `known` is an error: one that a later version has written.
    /// May wait for the disk: before the loop serves.
    Status open(FileSystem& disk, const std::filesystem::path& path, std::string_view lost,
                std::function<bool(const Entry&)> known) {
        auto journal = storage::Journal::open(
            disk, path, lost, log_, [this, &known](std::span<const std::uint8_t> content) -> Status {
                wire::Reader reader(Bytes::copyOf(content), 0, true);
                Entry entry;
                reader.field(entry);
                MILLRACE_TRY(reader.finish());
                if (!known(entry))
                    return Error{ErrorCode::unsupported, "an entry that a later version of Millrace has written"};
                ++entries_;
                apply_(entry);
                return ok();
            });
        if (!journal) return journal.error();
        journal_ = std::move(*journal);
        return ok();
    }
    /// How many the journal had when it was opened, which may be many more than count.
    std::size_t entries() const { return entries_; }
    /// Puts these, all that count, in place of all. May wait for the disk: before the loop serves.
    Status rewrite(const std::vector<Entry>& live) { return journal_->rewrite(encoded(live)); }

    /// `done` runs on the loop: all of the plan counts, or after an error nothing. A crash before may leave some of it.
    void change(Plan plan, Done done) {
        jobs_.push_back({std::move(plan), std::move(done)});
        if (jobs_.size() == 1) run();
    }

private:
    struct Job {
        Plan plan;
        Done done;
    };

    static std::vector<std::vector<std::uint8_t>> encoded(const std::vector<Entry>& entries) {
        std::vector<std::vector<std::uint8_t>> contents;
        for (const Entry& entry : entries) {
            wire::Writer writer(0, true);
            writer.field(entry);
            contents.push_back(writer.takeBuffer());
        }
        return contents;
    }

    /// Does the jobs one after the other, until one has to wait for the disk; that one goes on with the rest.
    void run() {
        while (!jobs_.empty()) {
            auto entries = jobs_.front().plan();
            if (!entries.empty()) return write(std::move(entries));
            finish(ok());
        }
    }

    void write(std::vector<Entry> entries) {
        slow_.post([this, entries = std::move(entries)]() mutable {
            const Status written = journal_->appendSynced(encoded(entries));
            loop_.post([this, entries = std::move(entries), written] {
                if (!written) log_.error("", "{} cannot be kept: {}", holds_, written.error().message);
                for (const Entry& entry : entries)
                    if (written) apply_(entry);
                finish(written);
                run();
            });
        });
    }

    /// The job stays in front until it was told: what is asked for meanwhile goes behind it, and is begun by run().
    void finish(const Status& status) {
        jobs_.front().done(status);
        jobs_.pop_front();
    }

    std::string holds_;
    Executor& loop_;
    Executor& slow_;
    Log& log_;
    std::function<void(const Entry&)> apply_;
    std::unique_ptr<storage::Journal> journal_; ///< once it is open: the slow lane's
    std::size_t entries_ = 0;
    std::deque<Job> jobs_; ///< the first one runs
};

} // namespace millrace::broker
