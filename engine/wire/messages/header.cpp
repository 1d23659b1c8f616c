#include "wire/messages/header.h"

#include "wire/messages/api_versions.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace millrace::wire {

namespace {
bool headerHasTags(const ApiSpec& api, Version version) {
    return api.key != kApiVersions.key && api.flexible(version);
}
} // namespace

RequestHeader readRequestHeader(Reader& reader) {
    RequestHeader header;
    reader.field(header.apiKey);
    reader.field(header.apiVersion);
    reader.field(header.correlationId);
    reader.classicString(header.clientId);
    return header;
}

void writeRequestHeader(Writer& writer, const RequestHeader& header, bool flexible) {
    writer.field(header.apiKey);
    writer.field(header.apiVersion);
    writer.field(header.correlationId);
    writer.classicString(header.clientId);
    writer.continueAs(header.apiVersion, flexible);
    writer.tags();
}

void endHeader(Reader& reader, const ApiSpec& api, Version version) {
    reader.continueAs(version, api.flexible(version));
    reader.tags();
}

void writeResponseHeader(Writer& writer, const ApiSpec& api, Version version, std::int32_t correlationId) {
    writer.field(correlationId);
    writer.continueAs(version, headerHasTags(api, version));
    writer.tags();
    writer.continueAs(version, api.flexible(version));
}

std::int32_t readResponseHeader(Reader& reader, const ApiSpec& api, Version version) {
    std::int32_t correlationId = 0;
    reader.field(correlationId);
    reader.continueAs(version, headerHasTags(api, version));
    reader.tags();
    reader.continueAs(version, api.flexible(version));
    return correlationId;
}

} // namespace millrace::wire
