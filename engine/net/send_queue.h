#pragma once

#include "base/bytes.h"

#include <cstddef>
#include <sys/uio.h>
#include <vector>

namespace millrace::net {

/// Pieces waiting for the kernel, in order. Owns references, copies no byte, and holds no memory while empty for long.
class SendQueue {
public:
    void push(std::vector<Bytes> pieces);
    std::size_t bytes() const { return bytes_; }
    bool empty() const { return bytes_ == 0; }
    /// Fills `into` with the first pieces; returns how many entries.
    std::size_t gather(iovec* into, std::size_t most) const;
    /// The kernel took `bytes` of them.
    void sent(std::size_t bytes);
    void clear();

private:
    std::vector<Bytes> pieces_;
    std::size_t first_ = 0;  ///< index of the first piece not wholly sent
    std::size_t offset_ = 0; ///< how much of it is sent
    std::size_t bytes_ = 0;
};

} // namespace millrace::net
