#include "flume/serializers/event_serializer.h"

#include "flume/serializers/avro_event_serializer.h"
#include "flume/serializers/text_serializers.h"

#include <fmt/core.h>

#include <array>
#include <strings.h>

namespace millrace::flume {
namespace {

struct Known {
    std::string_view alias;
    std::string_view className;
    Status (*check)(const SerializerProperties&);
    SerializerFactory make;
};

Status anything(const SerializerProperties&) {
    return ok();
}

bool newlineWanted(const SerializerProperties& properties) {
    const auto found = properties.find("appendNewline");
    return found == properties.end() || ::strcasecmp(found->second.c_str(), "true") == 0;
}

constexpr std::array<Known, 3> kKnown{{
    {"TEXT", "org.apache.flume.serialization.BodyTextEventSerializer", &anything,
     [](const SerializerProperties& properties, Random&) -> std::unique_ptr<EventSerializer> {
         return std::make_unique<BodyTextSerializer>(newlineWanted(properties));
     }},
    {"HEADER_AND_TEXT", "org.apache.flume.serialization.HeaderAndBodyTextEventSerializer", &anything,
     [](const SerializerProperties& properties, Random&) -> std::unique_ptr<EventSerializer> {
         return std::make_unique<HeaderAndBodyTextSerializer>(newlineWanted(properties));
     }},
    {"AVRO_EVENT", "org.apache.flume.serialization.FlumeEventAvroEventSerializer", &AvroEventSerializer::check,
     [](const SerializerProperties&, Random& random) -> std::unique_ptr<EventSerializer> {
         return std::make_unique<AvroEventSerializer>(random);
     }},
}};

} // namespace

Result<SerializerFactory> serializerFactory(const std::string& type, const SerializerProperties& properties) {
    std::string name = type;
    constexpr std::string_view kBuilder = "$Builder";
    if (name.ends_with(kBuilder)) name.resize(name.size() - kBuilder.size());
    for (const Known& known : kKnown) {
        if (::strcasecmp(name.c_str(), std::string(known.alias).c_str()) != 0 && name != known.className) continue;
        MILLRACE_TRY(known.check(properties));
        return known.make;
    }
    return Error{ErrorCode::unsupported,
                 fmt::format("the serializer {} does not run here; TEXT, HEADER_AND_TEXT and AVRO_EVENT do", type),
                 false};
}

} // namespace millrace::flume
