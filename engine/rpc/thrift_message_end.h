#pragma once

#include "base/result.h"
#include "rpc/thrift_reader.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace millrace::rpc {

/// Finds the end of a message of the binary protocol that has no frame around it. However small the pieces are in which
/// it comes, each byte is looked at once.
class ThriftMessageEnd {
public:
    /// `data` begins with the message, and with what earlier calls had of it. How long the message is, after which the
    /// next call is for another message; nothing when more of it has to come. Error protocol: it is no message.
    Result<std::optional<std::size_t>> find(std::span<const std::uint8_t> data);

private:
    /// A struct, whose end is marked, or a list, set or map, whose items are counted.
    struct Level {
        bool isStruct = true;
        ThriftType even{}, odd{}; ///< of the next item, by how many are left
        std::size_t items = 0;    ///< left
    };
    void step(ThriftReader& reader);
    static std::optional<Level> value(ThriftReader& reader, ThriftType type);

    std::size_t at_ = 0; ///< what is before it has been looked at
    bool begun_ = false; ///< the message's name has been read
    std::vector<Level> levels_;
};

} // namespace millrace::rpc
