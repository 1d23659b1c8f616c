#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace millrace::flume {

/// One of Hadoop's compressions (org.apache.hadoop.io.compress.*Codec). What it makes of one piece can stand behind
/// what it made of another: all of them read as one stream.
class HadoopCodec {
public:
    /// By class, with or without its package and "Codec", as Flume finds them. An error names those that run here.
    static Result<HadoopCodec> named(std::string_view name);

    std::string_view className() const { return className_; } ///< static
    std::string_view extension() const { return extension_; } ///< of file names, dot included; static
    /// Adds the piece, which is not empty, to `out`.
    void compress(std::string_view piece, std::string& out) const { compress_(piece, out); }

private:
    using Compress = void (*)(std::string_view piece, std::string& out);
    HadoopCodec(std::string_view className, std::string_view extension, Compress compress)
        : className_(className), extension_(extension), compress_(compress) {}
    std::string_view className_, extension_;
    Compress compress_;
};

} // namespace millrace::flume
