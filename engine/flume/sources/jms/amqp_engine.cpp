#include "flume/sources/jms/amqp_engine.h"

#include "net/event_loop.h"

#include <algorithm>
#include <cstring>
#include <proton/transport.h>
#include <utility>
#include <vector>

namespace millrace::flume {
namespace {

std::int64_t milliseconds(MonotonicTime time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

} // namespace

AmqpEngine::AmqpEngine(OnEvent onEvent) : onEvent_(std::move(onEvent)), self_(std::make_shared<AmqpEngine*>(this)) {
    pn_connection_driver_init(&driver_, nullptr, nullptr);
}

AmqpEngine::~AmqpEngine() {
    *self_ = nullptr;
    pn_connection_driver_destroy(&driver_);
}

void AmqpEngine::attach(std::shared_ptr<net::Connection> connection) {
    connection_ = std::move(connection);
    run();
}

void AmqpEngine::receive(std::span<const std::uint8_t> data) {
    while (!data.empty()) {
        const pn_rwbytes_t room = pn_connection_driver_read_buffer_sized(&driver_, data.size());
        const std::size_t piece = std::min(room.size, data.size());
        if (piece == 0) return; // it reads no more: the connection is about to close
        std::memcpy(room.start, data.data(), piece);
        pn_connection_driver_read_done(&driver_, piece);
        data = data.subspan(piece);
        run();
    }
}

void AmqpEngine::run() {
    do {
        while (pn_event_t* event = pn_connection_driver_next_event(&driver_))
            onEvent_(event);
        if (!connection_) return;
        const pn_bytes_t bytes = pn_connection_driver_write_buffer(&driver_); // from which events may come as well
        if (bytes.size == 0) continue;
        connection_->send(Bytes(std::vector<std::uint8_t>(bytes.start, bytes.start + bytes.size)));
        pn_connection_driver_write_done(&driver_, bytes.size);
    } while (pn_connection_driver_has_event(&driver_) || pn_connection_driver_write_buffer(&driver_).size > 0);
    if (pn_connection_driver_write_closed(&driver_)) return connection_->closeAfterSending();
    scheduleTick();
}

/// For the peer's idle time-out, and ours.
void AmqpEngine::scheduleTick() {
    Clock& clock = connection_->loop().clock();
    if (timer_ != 0) clock.cancel(std::exchange(timer_, 0));
    const std::int64_t now = milliseconds(clock.now());
    const std::int64_t next = pn_transport_tick(driver_.transport, now);
    if (next <= 0) return;
    timer_ = clock.after(std::chrono::milliseconds(std::max<std::int64_t>(next - now, 1)), [self = self_] {
        if (!*self) return;
        (*self)->timer_ = 0;
        (*self)->run();
    });
}

void AmqpEngine::detach() {
    if (connection_ && timer_ != 0) connection_->loop().clock().cancel(std::exchange(timer_, 0));
    connection_.reset();
}

} // namespace millrace::flume
