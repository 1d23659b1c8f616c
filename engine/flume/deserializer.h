#pragma once

#include "base/file_system.h"
#include "base/result.h"
#include "flume/component_services.h"
#include "flume/event_batch.h"
#include "flume/settings.h"
#include "java/java_charset.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace millrace::flume {

/// What becomes of bytes that are no characters (org.apache.flume.serialization.DecodeErrorPolicy).
enum class DecodeErrors {
    fail,
    replace, ///< by U+FFFD
    ignore,  ///< they are left out
};

/// The file that is cut up.
struct DeserializerInput {
    std::shared_ptr<const File> file;
    std::uint64_t size = 0;     ///< no more of it is read
    std::uint64_t position = 0; ///< where another Deserializer of the same kind had come
    const java::JavaCharset* charset = nullptr;
    DecodeErrors errors = DecodeErrors::fail;
};

/// Cuts one file into events (org.apache.flume.serialization.EventDeserializer). One thread, which may wait for the
/// disk.
class Deserializer {
public:
    virtual ~Deserializer() = default;
    /// Adds the next events, `most` at most; none: the file is at its end. An error, and none is added, when what
    /// stands next cannot be read; it is the same error until the file is another.
    virtual Status read(std::size_t most, EventBatchBuilder& builder) = 0;
    /// Where to begin again so that nothing is lost of what read() has not given yet.
    virtual std::uint64_t position() const = 0;
    /// The file has become longer.
    virtual void grown(std::uint64_t size) = 0;
};

using MakeDeserializer = std::function<Result<std::unique_ptr<Deserializer>>(const DeserializerInput& input)>;

/// For `type`: an alias in any letter case or a class name of the catalog; `properties` are the deserializer's own,
/// `services` its source's. Errors name the property.
Result<MakeDeserializer> deserializerMaker(const std::string& type, const catalog::Properties& properties,
                                           const ComponentServices& services);

} // namespace millrace::flume
