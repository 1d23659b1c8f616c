#include "broker/support/history.h"

#include <algorithm>

namespace millrace::broker::testing {

namespace {

QString text(const std::string& value) {
    return QString::fromStdString(value);
}

QString at(Place place) {
    return QString("%1:%2").arg(place.first).arg(place.second);
}

/// What counts within one writer, as a number that rises.
std::pair<std::string, std::pair<long, long>> numbered(const std::string& value) {
    const QStringList parts = text(value).split(' ');
    return {parts.value(0).toStdString(), {parts.value(1).toLong(), parts.value(2).toLong()}};
}

} // namespace

void History::acked(const std::string& value, Place place) {
    const std::lock_guard lock(mutex_);
    acked_[value] = place;
}

void History::ended(const std::vector<std::string>& values, Outcome outcome) {
    const std::lock_guard lock(mutex_);
    if (!values.empty()) transactions_.emplace_back(values, outcome);
}

void History::readerBegins() {
    const std::lock_guard lock(mutex_);
    readers_.emplace_back();
}

void History::read(Place place, const std::string& value) {
    const std::lock_guard lock(mutex_);
    readers_.back().push_back({place, value});
}

void History::groupCommitted(int partition, std::int64_t offset) {
    const std::lock_guard lock(mutex_);
    committed_[partition] = offset;
}

void History::groupFound(int partition, std::int64_t offset) {
    const std::lock_guard lock(mutex_);
    const auto known = committed_.find(partition);
    if (known != committed_.end() && offset < known->second)
        groupWentBack_ = "partition " + std::to_string(partition) + " from " + std::to_string(known->second) + " to " +
                         std::to_string(offset);
}

std::size_t History::ackedCount() const {
    const std::lock_guard lock(mutex_);
    return acked_.size();
}

std::size_t History::count(Outcome outcome) const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(
        std::ranges::count_if(transactions_, [=](const auto& one) { return one.second == outcome; }));
}

std::size_t History::readCount() const {
    const std::lock_guard lock(mutex_);
    std::size_t count = 0;
    for (const auto& reads : readers_)
        count += reads.size();
    return count;
}

QString History::wrong(const std::vector<Read>& all, const std::map<int, std::int64_t>& ends) const {
    const std::lock_guard lock(mutex_);
    std::map<std::string, Place> found;
    for (const Read& read : all)
        if (const auto [known, isNew] = found.emplace(read.value, read.place); !isNew)
            return QString("%1 is there twice, at %2 and at %3")
                .arg(text(read.value), at(known->second), at(read.place));
    for (const QString& wrong : {wrongOffsets(all), wrongAcks(found), wrongTransactions(found), wrongOrder(all),
                                 wrongReads(all), wrongGroup(ends)})
        if (!wrong.isEmpty()) return wrong;
    return {};
}

/// An offset always shows the same value.
QString History::wrongOffsets(const std::vector<Read>& all) const {
    std::map<Place, std::string> values;
    for (const Read& read : all)
        values[read.place] = read.value;
    for (const auto& reads : readers_)
        for (const Read& read : reads)
            if (const auto found = values.find(read.place); found == values.end() || found->second != read.value)
                return QString("%1 was read at %2, where %3 is")
                    .arg(text(read.value), at(read.place), found == values.end() ? "nothing" : text(found->second));
    return {};
}

QString History::wrongAcks(const std::map<std::string, Place>& found) const {
    for (const auto& [value, place] : acked_) {
        const auto there = found.find(value);
        if (there == found.end()) return QString("%1, acknowledged at %2, is lost").arg(text(value), at(place));
        if (place.second >= 0 && there->second != place)
            return QString("%1, acknowledged at %2, is at %3").arg(text(value), at(place), at(there->second));
    }
    return {};
}

/// All of a committed one, nothing of an aborted one, all or nothing of one whose end nobody was told.
QString History::wrongTransactions(const std::map<std::string, Place>& found) const {
    for (const auto& [values, outcome] : transactions_) {
        const auto there = static_cast<std::size_t>(
            std::ranges::count_if(values, [&](const auto& value) { return found.contains(value); }));
        const QString which = "the transaction of " + text(values.front());
        if (outcome == Outcome::aborted && there > 0) return which + " was aborted and is seen";
        if (outcome == Outcome::committed && there < values.size()) return which + " was committed and is lost";
        if (there > 0 && there < values.size()) return which + " is there by half";
    }
    return {};
}

/// What one writer has written into a partition is there in its order.
QString History::wrongOrder(const std::vector<Read>& all) const {
    std::map<std::pair<int, std::string>, std::pair<long, long>> last;
    for (const Read& read : all) {
        const auto [writer, number] = numbered(read.value);
        auto& before = last.try_emplace({read.place.first, writer}, -1, -1).first->second;
        if (number <= before) return QString("%1 at %2 comes too late").arg(text(read.value), at(read.place));
        before = number;
    }
    return {};
}

/// No reader goes back or leaves anything out, and all that is there was read by some.
QString History::wrongReads(const std::vector<Read>& all) const {
    std::map<int, std::vector<std::int64_t>> offsets;
    for (const Read& read : all)
        offsets[read.place.first].push_back(read.place.second);
    std::set<Place> seen;
    for (const auto& reads : readers_) {
        std::map<int, std::int64_t> last;
        for (const Read& read : reads) {
            const auto [partition, offset] = read.place;
            const auto& known = offsets[partition];
            const auto before = last.find(partition);
            if (before != last.end()) {
                const auto next = std::ranges::upper_bound(known, before->second);
                if (next == known.end() || *next != offset)
                    return QString("a reader comes from offset %1 to %2").arg(before->second).arg(at(read.place));
            }
            last[partition] = offset;
            seen.insert(read.place);
        }
    }
    for (const Read& read : all)
        if (!seen.contains(read.place)) return QString("%1 was never delivered").arg(text(read.value));
    return {};
}

QString History::wrongGroup(const std::map<int, std::int64_t>& ends) const {
    if (!groupWentBack_.empty()) return "the group was set back: " + text(groupWentBack_);
    for (const auto& [partition, offset] : committed_)
        if (offset > ends.at(partition)) return QString("the group is behind the end of partition %1").arg(partition);
    return {};
}

} // namespace millrace::broker::testing
