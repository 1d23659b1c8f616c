#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace millrace::flume {

/// What the blocks of an Avro file are compressed with (Avro 1.11, "Object Container Files: Codecs").
class AvroCodec {
public:
    /// null, deflate, snappy, bzip2 and zstandard. An error names them.
    static Result<AvroCodec> named(std::string_view name);
    std::string_view name() const { return name_; }
    /// A block as it stands in the file. Precondition: less than 4 GiB.
    std::string compressed(std::string_view block) const;
    /// The other way round. The error `corrupt` when this is no block of the codec, outOfRange when it would become more
    /// than `most` bytes, before so much is allocated.
    Result<std::string> decompressed(std::string_view block, std::size_t most) const;

private:
    struct Functions {
        std::string_view name; ///< static
        std::string (*compress)(std::string_view block);
        Result<std::string> (*decompress)(std::string_view block, std::size_t most);
    };
    explicit AvroCodec(const Functions& functions) : name_(functions.name), functions_(&functions) {}
    std::string_view name_;
    const Functions* functions_; ///< static
};

} // namespace millrace::flume
