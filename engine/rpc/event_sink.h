#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace millrace::rpc {

/// An event's headers as they came, checked but not copied: a view into the call. Equal encodings on one connection are
/// equal headers (the reverse does not hold: a map has no order), so a sink can reuse what it made of the event before.
class EventHeaders {
public:
    using Entry = std::function<void(std::string_view key, std::string_view value)>;
    /// Calls the function for each entry of a checked encoding.
    using Entries = void (*)(std::string_view encoded, const Entry& entry);

    EventHeaders(std::string_view encoded, Entries entries) : encoded_(encoded), entries_(entries) {}
    std::string_view encoded() const { return encoded_; }
    /// In the order of the call. A key may repeat: the last one counts.
    void forEach(const Entry& entry) const { entries_(encoded_, entry); }

private:
    std::string_view encoded_;
    Entries entries_;
};

/// Headers on their way out: unordered, keys unique.
using EventHeaderList = std::span<const std::pair<std::string, std::string>>;

/// An event from a peer with more is refused: each costs work on the loop and with every interceptor.
inline constexpr std::size_t kMostEventHeaders = 10'000;
/// In bytes: a longer message closes the connection to our servers.
inline constexpr std::size_t kLongestMessage = 100 * 1024 * 1024;

/// Where decoded events go, one call each in the order of the batch. The views hold during the call only.
class EventSink {
public:
    virtual ~EventSink() = default;
    /// Before the events of a block: how many will come and at most how many bytes of bodies in all.
    virtual void expect(std::size_t events, std::size_t bytes) { (void)events, (void)bytes; }
    virtual void event(const EventHeaders& headers, std::string_view body) = 0;
};

} // namespace millrace::rpc
