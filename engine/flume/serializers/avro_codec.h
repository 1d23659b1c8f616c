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

private:
    using Compress = std::string (*)(std::string_view block);
    AvroCodec(std::string_view name, Compress compress) : name_(name), compress_(compress) {}
    std::string_view name_; ///< static
    Compress compress_;
};

} // namespace millrace::flume
