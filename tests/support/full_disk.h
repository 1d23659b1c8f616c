#pragma once

#include "support/real_disk.h"

#include <algorithm>
#include <limits>

namespace millrace::test {

/// A disk on which only so many bytes can still be written: a write that does not fit is done in part, as on a real
/// one. It may also fail to make durable what was written.
class FullDisk final : public RealDisk {
public:
    std::uint64_t room = std::numeric_limits<std::uint64_t>::max();
    bool syncsFail = false;

    Result<std::uint64_t> freeBytes(const std::filesystem::path&) const override { return room; }

private:
    Status before(Act act, const std::filesystem::path&) override {
        if (act == Act::sync && syncsFail) return Error{ErrorCode::io, "the disk fails", true};
        return ok();
    }
    std::size_t takeRoom(std::size_t bytes) override {
        const auto fits = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, room));
        room -= fits;
        return fits;
    }
};

} // namespace millrace::test
