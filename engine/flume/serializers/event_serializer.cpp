#include "flume/serializers/event_serializer.h"

#include "flume/serializers/avro_event_serializer.h"
#include "flume/serializers/text_serializers.h"

#include <fmt/core.h>

namespace millrace::flume {
namespace {

Error notHere(std::string_view type) {
    return {ErrorCode::unsupported,
            fmt::format("the serializer {} does not run here; TEXT, HEADER_AND_TEXT and AVRO_EVENT do", type), false};
}

template <typename Text>
SerializerFactory textFactory(Settings& settings) {
    const bool newline = settings.flag("appendNewline");
    return [newline](Random&) -> std::unique_ptr<EventSerializer> { return std::make_unique<Text>(newline); };
}

Result<SerializerFactory> avroFactory(Settings& settings) {
    const std::string codec = settings.text("compressionCodec");
    const auto blockBytes = static_cast<std::size_t>(settings.number("syncIntervalBytes"));
    MILLRACE_TRY(settings.status());
    if (codec != "null")
        return Error{ErrorCode::unsupported, "compressionCodec " + codec + " does not run here; leave it out", false};
    return SerializerFactory([blockBytes](Random& random) -> std::unique_ptr<EventSerializer> {
        return std::make_unique<AvroEventSerializer>(random, blockBytes);
    });
}

} // namespace

Result<SerializerFactory> serializerFactory(Settings& settings) {
    const std::string_view alias = settings.spec().alias;
    if (alias == "TEXT") return textFactory<BodyTextSerializer>(settings);
    if (alias == "HEADER_AND_TEXT") return textFactory<HeaderAndBodyTextSerializer>(settings);
    if (alias == "AVRO_EVENT") return avroFactory(settings);
    return notHere(settings.spec().title);
}

Result<SerializerFactory> serializerFactory(const std::string& type, const catalog::Properties& properties) {
    const catalog::ComponentSpec* spec = catalog::flumeCatalog().find(catalog::ComponentKind::eventSerializer, type);
    if (!spec) return notHere(type);
    Settings settings(*spec, properties, "serializer");
    return serializerFactory(settings);
}

} // namespace millrace::flume
