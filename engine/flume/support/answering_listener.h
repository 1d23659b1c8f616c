#pragma once

#include "base/clock.h"
#include "net/listener.h"

#include <memory>
#include <optional>

namespace millrace::flume {

/// The listener of a source whose peers wait for answers: when the source stops, its connections stay until what had
/// arrived is answered. A peer that is cut off before sends it all again, and every event comes twice. Runner thread.
class AnsweringListener {
public:
    void open(std::unique_ptr<net::Listener> listener);
    /// Takes nothing more from anyone.
    void finish();
    /// Everything is answered: peers that neither take their answers nor go are cut off after a while, so ask again.
    void allAnswered(MonotonicTime now);
    void close() { listener_.reset(); }
    /// No connection is left, and none comes.
    bool closed() const { return !listener_ || (finishing_ && listener_->connectionCount() == 0); }
    /// As bound; `otherwise` when there is none.
    net::Address address(const net::Address& otherwise) const { return listener_ ? listener_->address() : otherwise; }

private:
    std::unique_ptr<net::Listener> listener_;
    bool finishing_ = false;
    std::optional<MonotonicTime> closeAt_;
};

} // namespace millrace::flume
