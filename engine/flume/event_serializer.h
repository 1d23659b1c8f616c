#pragma once

#include "base/result.h"
#include "flume/component_services.h"
#include "flume/event_batch.h"
#include "flume/settings.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace millrace::flume {

/// Turns events into the bytes of one file (org.apache.flume.serialization.EventSerializer). Appends to a buffer; the
/// sink writes it. One object per file.
class EventSerializer {
public:
    virtual ~EventSerializer() = default;
    virtual void begin(std::string&) {} ///< what stands in front of the first event
    virtual void add(const HeaderSet& headers, std::string_view body, std::string& out) = 0;
    virtual void endBatch(std::string&) {} ///< all that was added must be in `out` when this returns
};

/// Makes the serializer of one file.
using MakeSerializer = std::function<std::unique_ptr<EventSerializer>()>;

/// For `type`: an alias in any letter case or a class name of the catalog; `properties` are the serializer's own,
/// `services` its sink's. All is checked here, so that making one later cannot fail.
Result<MakeSerializer> serializerMaker(const std::string& type, const catalog::Properties& properties,
                                       const ComponentServices& services);

} // namespace millrace::flume
