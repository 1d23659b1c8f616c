#pragma once

#include <QString>

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace millrace::broker::testing {

using Place = std::pair<int, std::int64_t>; ///< partition and offset

/// All that clients have asked for, were told and have read, from any thread. Values are "writer transaction number":
/// each is written once, as far as its writer wants it.
class History {
public:
    enum class Outcome { committed, aborted, unknown };
    struct Read {
        Place place;
        std::string value;
    };

    /// A record that belongs to no transaction was acknowledged.
    void acked(const std::string& value, Place place);
    /// A transaction with these records has ended, or nobody knows.
    void ended(const std::vector<std::string>& values, Outcome outcome);
    /// A member of the group that reads what is committed has begun anew, at its committed offsets.
    void readerBegins();
    void read(Place place, const std::string& value);
    /// The broker has confirmed that the group goes on from here.
    void groupCommitted(int partition, std::int64_t offset);
    /// The group was asked where it goes on.
    void groupFound(int partition, std::int64_t offset);

    std::size_t ackedCount() const;
    std::size_t count(Outcome outcome) const;
    std::size_t readCount() const;

    /// Holds the history against all that can be read when nothing is under way any more, by partition in the order of
    /// the offsets; `ends` are the ends of the partitions. Empty when nothing is wrong.
    QString wrong(const std::vector<Read>& all, const std::map<int, std::int64_t>& ends) const;

private:
    QString wrongOffsets(const std::vector<Read>& all) const;
    QString wrongAcks(const std::map<std::string, Place>& found) const;
    QString wrongTransactions(const std::map<std::string, Place>& found) const;
    QString wrongOrder(const std::vector<Read>& all) const;
    QString wrongReads(const std::vector<Read>& all) const;
    QString wrongGroup(const std::map<int, std::int64_t>& ends) const;

    mutable std::mutex mutex_;
    std::map<std::string, Place> acked_;
    std::vector<std::pair<std::vector<std::string>, Outcome>> transactions_;
    std::vector<std::vector<Read>> readers_;
    std::map<int, std::int64_t> committed_;
    std::string groupWentBack_;
};

} // namespace millrace::broker::testing
