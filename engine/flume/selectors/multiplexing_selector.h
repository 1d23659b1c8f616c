#pragma once

#include "flume/selector.h"

#include <map>

namespace millrace::flume {

/// Routes by the value of one header. A missing, blank or unmapped value goes to the default channels; without those
/// the event goes nowhere, as in Flume.
class MultiplexingSelector final : public Selector {
public:
    static Result<std::unique_ptr<Selector>> make(Settings& settings, const ComponentServices& services,
                                                  const std::vector<std::string>& channels);
    struct Targets {
        std::vector<std::size_t> required;
        std::vector<std::size_t> optional; ///< without those that are required
    };
    MultiplexingSelector(std::string header, std::map<std::string, Targets, std::less<>> byValue, Targets others)
        : header_(std::move(header)), byValue_(std::move(byValue)), others_(std::move(others)) {}
    void route(const EventRanges& events, Routes& routes) override;

private:
    const Targets& targetsOf(const HeaderSet& headers) const;
    std::string header_;
    std::map<std::string, Targets, std::less<>> byValue_;
    Targets others_;
};

} // namespace millrace::flume
