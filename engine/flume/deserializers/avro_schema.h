#pragma once

#include "base/result.h"
#include "rpc/avro_reader.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::flume {

/// A schema of Avro (Avro 1.11 specification), as far as it is needed to tell data apart. Immutable, any thread.
class AvroSchema {
public:
    static Result<AvroSchema> parse(std::string_view json);

    /// Reads over one datum; what is wrong with it the reader says.
    void skip(rpc::AvroReader& reader) const { skip(reader, 0, 0); }
    /// Each datum takes no bytes at all.
    bool takesNoBytes() const { return types_[0].empty; }
    /// "Parsing Canonical Form": what the schema says, without what it may say in several ways.
    const std::string& canonical() const { return canonical_; }
    /// The CRC-64-AVRO of that, as org.apache.avro.SchemaNormalization.parsingFingerprint() and commons-codec's Hex
    /// write it.
    std::string fingerprint() const;

private:
    enum class Kind { null, boolean, number, fixed, bytes, record, array, map, choice };
    struct Type {
        Kind kind = Kind::null;
        std::size_t size = 0;           ///< of fixed
        std::vector<std::size_t> parts; ///< of a record, a union, an array or a map: indexes of types
        bool empty = false;
    };
    class Parser;
    void skip(rpc::AvroReader& reader, std::size_t type, int depth) const;
    void skipItems(rpc::AvroReader& reader, const Type& type, int depth) const;

    std::vector<Type> types_; ///< the first one is that of the data
    std::string canonical_;
};

} // namespace millrace::flume
