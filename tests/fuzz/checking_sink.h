#pragma once

#include "rpc/event_sink.h"

namespace millrace::fuzz {

/// Goes through all of what is handed to it.
class CheckingSink final : public rpc::EventSink {
public:
    void event(const rpc::EventHeaders& headers, std::string_view body) override {
        headers.forEach([&](std::string_view key, std::string_view value) { bytes += key.size() + value.size(); });
        bytes += body.size();
        ++events;
    }
    std::size_t bytes = 0;
    std::size_t events = 0;
};

} // namespace millrace::fuzz
