#pragma once

#include "net/support/recording_handlers.h"

#include <QString>

namespace millrace::net::testing {

/// A listener whose handlers do what a script says and whose log can be read; a base of tests, begun and ended by each.
class StreamBench {
protected:
    void begin() {
        loop_ = std::make_unique<EventLoop>("test");
        seen_ = std::make_unique<Seen>();
        log_ = std::make_unique<MemoryLog>();
        script_ = {};
    }
    void end() {
        listener_.reset();
        loop_.reset();
    }
    Address listen(Limits limits) {
        limits.log = log_.get();
        auto listener = listenStream(*loop_, {"127.0.0.1", 0}, limits,
                                     [this] { return std::make_unique<ScriptedStream>(*seen_, script_); });
        if (!listener) qFatal("%s", listener.error().message.c_str());
        listener_ = std::move(*listener);
        return listener_->address();
    }
    bool logged(const QString& text) const {
        for (const auto& line : log_->lines())
            if (QString::fromStdString(line).contains(text)) return true;
        return false;
    }

    std::unique_ptr<EventLoop> loop_;
    std::unique_ptr<Seen> seen_;
    std::unique_ptr<MemoryLog> log_;
    StreamScript script_;
    std::unique_ptr<Listener> listener_;
};

} // namespace millrace::net::testing
