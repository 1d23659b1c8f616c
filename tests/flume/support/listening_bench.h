#pragma once

#include "flume/support/component_bench.h"
#include "net/client_socket.h"
#include "net/event_loop.h"
#include "net/udp_socket.h"

#include <future>
#include <memory>
#include <string>
#include <string_view>

namespace millrace::flume::test {

/// A source that listens on loopback, on ports that the kernel picks, started and driven by hand.
struct ListeningBench : ComponentBench {
    ListeningBench(const catalog::ComponentSpec& componentSpec, SourceFactory factory, catalog::Properties values,
                   ThreadClock& clock = systemThreadClock())
        : ComponentBench(componentSpec) {
        context.clock = &clock;
        context.loop = [this]() -> net::EventLoop& { return loop; };
        values.insert({"channels", "c"});
        auto made = make(factory, std::move(values));
        if (!made) {
            error = made.error().message;
            return;
        }
        source = std::move(*made);
        const Status started = source->start();
        if (!started) error = started.error().message;
    }
    ~ListeningBench() { source.reset(); }

    template <typename SourceType>
    SourceType& as() {
        return static_cast<SourceType&>(*source);
    }
    void run(std::size_t howMany) {
        runUntil(*source, events, wakeUp, [&] { return events.bodies.size() >= howMany; });
    }
    /// What an event has under a name; "(none)" without.
    std::string header(std::size_t event, std::string_view key) const {
        const std::string* value = events.headers.at(event).find(key);
        return value ? *value : "(none)";
    }
    /// Returns when the loop has looked at its sockets at least once more.
    void loopHasLooked() {
        for (int turn = 0; turn < 3; ++turn) {
            std::promise<void> done;
            loop.post([&] { done.set_value(); });
            done.get_future().wait();
        }
    }

    net::EventLoop loop{"listening test"};
    KeptEvents events;
    std::unique_ptr<Source> source;
    std::string error;
};

inline std::span<const std::uint8_t> asBytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Sends datagrams from one port of loopback.
struct DatagramSender {
    explicit DatagramSender(net::EventLoop& loop, const std::string& host = "127.0.0.1") {
        auto bound = net::bindUdp(loop, {host, 0}, {}, [](std::span<const net::Datagram>) {});
        if (bound) socket = std::move(*bound);
    }
    bool send(const net::Address& to, std::string_view text) {
        return socket && socket->send(to, asBytes(text)).has_value();
    }
    std::unique_ptr<net::UdpSocket> socket;
};

} // namespace millrace::flume::test
