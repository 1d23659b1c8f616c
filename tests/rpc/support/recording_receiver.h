#pragma once

#include "rpc/call_receiver.h"

#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace millrace::rpc::testing {

/// Writes each event as "{k=v,…}body".
class TextSink final : public EventSink {
public:
    void event(const EventHeaders& headers, std::string_view body) override {
        std::string text = "{";
        headers.forEach([&](std::string_view key, std::string_view value) {
            if (text.size() > 1) text += ",";
            text += std::string(key) + "=" + std::string(value);
        });
        events.push_back(text + "}" + std::string(body));
    }
    std::vector<std::string> events;
};

/// What a server's receivers got, from all connections, readable from the test's thread.
class Inbox {
public:
    /// How calls are answered; called on the loop. Default: OK at once.
    std::function<void(Reply)> onCall = [](Reply reply) { reply.answer(CallStatus::ok); };

    void add(const std::vector<std::string>& events) {
        const std::lock_guard lock(mutex_);
        events_.insert(events_.end(), events.begin(), events.end());
        ++calls_;
    }
    void addAbandoned() {
        const std::lock_guard lock(mutex_);
        ++abandoned_;
    }
    std::vector<std::string> events() const {
        const std::lock_guard lock(mutex_);
        return events_;
    }
    int calls() const {
        const std::lock_guard lock(mutex_);
        return calls_;
    }
    int abandoned() const {
        const std::lock_guard lock(mutex_);
        return abandoned_;
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::string> events_;
    int calls_ = 0;
    int abandoned_ = 0;
};

class RecordingReceiver final : public CallReceiver {
public:
    explicit RecordingReceiver(Inbox& inbox) : inbox_(inbox) {}
    EventSink& begin(CallKind) override {
        sink_.events.clear();
        return sink_;
    }
    /// The bytes of its events as text.
    std::size_t weight() const override {
        std::size_t bytes = 0;
        for (const auto& event : sink_.events)
            bytes += event.size();
        return bytes;
    }
    void completed(Reply reply) override {
        inbox_.add(sink_.events);
        inbox_.onCall(std::move(reply));
    }
    void abandoned() override { inbox_.addAbandoned(); }

private:
    Inbox& inbox_;
    TextSink sink_;
};

} // namespace millrace::rpc::testing
