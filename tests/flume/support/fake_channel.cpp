#include "flume/support/fake_channel.h"

#include "base/assertion.h"

#include <algorithm>

namespace millrace::flume::test {

class FakeChannel::FakeTransaction final : public Transaction {
public:
    explicit FakeTransaction(FakeChannel& channel) : channel_(channel) {}
    ~FakeTransaction() override {
        if (open_) rollback();
    }
    void begin() override {
        MILLRACE_ASSERT(!open_, "begin() of an open transaction");
        open_ = true;
    }
    Status put(const EventRange& range) override {
        MILLRACE_ASSERT(open_, "put() without begin()");
        puts_.push_back(range);
        return ok();
    }
    Result<std::span<const EventRange>> take(std::size_t maxEvents) override {
        MILLRACE_ASSERT(open_, "take() without begin()");
        const std::size_t before = takes_.size();
        takes_.reserve(before + channel_.queue_.size()); // spans handed out before stay valid
        while (maxEvents > 0 && !channel_.queue_.empty()) {
            EventRange& head = channel_.queue_.front();
            const auto count = static_cast<std::uint32_t>(std::min(maxEvents, head.size()));
            takes_.push_back({head.batch, head.first, head.first + count});
            head.first += count;
            maxEvents -= count;
            if (head.empty()) channel_.queue_.pop_front();
        }
        return std::span<const EventRange>(takes_).subspan(before);
    }
    Status commit() override {
        MILLRACE_ASSERT(open_, "commit() without begin()");
        if (channel_.refusals_ > 0) {
            --channel_.refusals_;
            return channel_.refusal_;
        }
        channel_.queue_.insert(channel_.queue_.end(), puts_.begin(), puts_.end());
        ++channel_.commits_;
        close();
        return ok();
    }
    void rollback() override {
        MILLRACE_ASSERT(open_, "rollback() without begin()");
        channel_.queue_.insert(channel_.queue_.begin(), takes_.begin(), takes_.end());
        ++channel_.rollbacks_;
        close();
    }

    void recover() override {
        if (open_) rollback();
    }

private:
    void close() {
        puts_.clear();
        takes_.clear();
        open_ = false;
    }
    FakeChannel& channel_;
    std::vector<EventRange> puts_, takes_;
    bool open_ = false;
};

std::unique_ptr<Transaction> FakeChannel::newTransaction(WakeUp&) {
    return std::make_unique<FakeTransaction>(*this);
}

ChannelLevel FakeChannel::level() const {
    ChannelLevel level;
    for (const EventRange& range : queue_) {
        level.events += range.size();
        level.bytes += range.bodyBytes();
    }
    return level;
}

void FakeChannel::add(EventBatchPtr batch) {
    const auto size = static_cast<std::uint32_t>(batch->size());
    queue_.push_back({std::move(batch), 0, size});
}

std::vector<std::string> FakeChannel::bodies() const {
    std::vector<std::string> bodies;
    for (const EventRange& range : queue_)
        for (std::uint32_t i = range.first; i < range.last; ++i)
            bodies.emplace_back(range.batch->body(i));
    return bodies;
}

} // namespace millrace::flume::test
