#pragma once

#include "flume/selector.h"

namespace millrace::flume {

/// Every event to every channel; those listed in `optional` are optional.
class ReplicatingSelector final : public Selector {
public:
    static Result<std::unique_ptr<Selector>> make(Settings& settings, const ComponentServices& services,
                                                  const std::vector<std::string>& channels);
    explicit ReplicatingSelector(std::vector<bool> optional);
    void route(const EventRanges& events, Routes& routes) override;
    bool sendsAllToAll() const override { return allRequired_; }

private:
    std::vector<bool> optional_; ///< for each channel
    bool allRequired_;
};

} // namespace millrace::flume
