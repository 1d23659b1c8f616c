#include "catalog/component_spec.h"

#include "catalog/property_pattern.h"

namespace millrace::catalog {

const char* toString(ComponentKind kind) {
    switch (kind) {
    case ComponentKind::source:
        return "source";
    case ComponentKind::channel:
        return "channel";
    case ComponentKind::sink:
        return "sink";
    case ComponentKind::interceptor:
        return "interceptor";
    case ComponentKind::channelSelector:
        return "channelSelector";
    case ComponentKind::sinkProcessor:
        return "sinkProcessor";
    case ComponentKind::eventSerializer:
        return "eventSerializer";
    case ComponentKind::deserializer:
        return "deserializer";
    case ComponentKind::httpHandler:
        return "httpHandler";
    case ComponentKind::configFilter:
        return "configFilter";
    case ComponentKind::pathManager:
        return "pathManager";
    case ComponentKind::keyProvider:
        return "keyProvider";
    case ComponentKind::cipherProvider:
        return "cipherProvider";
    case ComponentKind::monitor:
        return "monitor";
    case ComponentKind::rpcClient:
        return "rpcClient";
    case ComponentKind::cluster:
        return "cluster";
    case ComponentKind::topic:
        return "topic";
    case ComponentKind::host:
        return "host";
    case ComponentKind::agent:
        return "agent";
    case ComponentKind::traffic:
        return "traffic";
    case ComponentKind::note:
        return "note";
    }
    return "unknown";
}

const PropertySpec* findProperty(std::span<const PropertySpec> properties, std::string_view key) {
    const PropertySpec* found = nullptr;
    for (const PropertySpec& property : properties) {
        if (property.name == key && !property.isPattern()) return &property;
        // The longest pattern is the closest description: `serializers.<name>.type` before `serializers.*`.
        const bool closer = found == nullptr || property.name.size() > found->name.size();
        if (property.isPattern() && closer && matchesPattern(property.name, key)) found = &property;
    }
    return found;
}

const PropertySpec* ComponentSpec::property(std::string_view key) const {
    return findProperty(properties, key);
}

} // namespace millrace::catalog
