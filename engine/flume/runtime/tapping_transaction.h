#pragma once

#include "flume/channel.h"
#include "flume/runtime/tap.h"

namespace millrace::flume {

/// Stands between a sink and its transaction while somebody looks at what the sink delivers.
class TappingTransaction final : public Transaction {
public:
    TappingTransaction(Transaction& inner, Tap& tap) : inner_(inner), tap_(tap) {}
    void begin() override { inner_.begin(); }
    Status put(const EventRange& range) override { return inner_.put(range); }
    Result<std::span<const EventRange>> take(std::size_t maxEvents) override;
    Status commit() override;
    void rollback() override;
    void recover() override { inner_.recover(); }

private:
    Transaction& inner_;
    Tap& tap_;
    EventRanges taken_;
};

} // namespace millrace::flume
