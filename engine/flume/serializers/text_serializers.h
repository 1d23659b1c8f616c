#pragma once

#include "flume/event_serializer.h"

namespace millrace::flume {

/// TEXT: the body, then a line end.
class BodyTextSerializer final : public EventSerializer {
public:
    explicit BodyTextSerializer(bool appendNewline) : appendNewline_(appendNewline) {}
    void add(const HeaderSet& headers, std::string_view body, std::string& out) override;

private:
    bool appendNewline_;
};

/// HEADER_AND_TEXT: the headers as Java prints a map, a blank, the body, a line end.
class HeaderAndBodyTextSerializer final : public EventSerializer {
public:
    explicit HeaderAndBodyTextSerializer(bool appendNewline) : appendNewline_(appendNewline) {}
    void add(const HeaderSet& headers, std::string_view body, std::string& out) override;

private:
    bool appendNewline_;
};

/// "{k=v, k2=v2}".
void appendHeadersAsJavaMap(const HeaderSet& headers, std::string& out);

} // namespace millrace::flume
