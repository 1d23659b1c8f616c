#pragma once

#include "flume/selector.h"

namespace millrace::flume {

/// Each event to one channel: in turn, or at random. Flume 1.11 documents it and cannot load it.
class LoadBalancingSelector final : public Selector {
public:
    static Result<std::unique_ptr<Selector>> make(Settings& settings, const ComponentServices& services,
                                                  const std::vector<std::string>& channels);
    /// `random` null = in turn.
    LoadBalancingSelector(std::size_t channels, Random* random) : channels_(channels), random_(random) {}
    bool spreads() const override { return true; }
    void route(const EventRanges& events, Routes& routes) override;

private:
    std::size_t channels_;
    std::size_t next_ = 0;
    Random* random_;
};

} // namespace millrace::flume
