#pragma once

#include "base/result.h"
#include "session/border.h"
#include "session/snapshot.h"

#include <string>

/// JSON of the border's structs, both ways, from their one field list: what an SSH connection will carry. Reading
/// ignores unknown fields and keeps defaults for absent ones, so that two versions can talk; a wrong type is an error
/// that names the field. A message stands in an envelope: {"kind", "id", "body"}.
namespace millrace::session {

template <typename T>
std::string toJson(const T& value);
template <typename T>
Result<T> fromJson(const std::string& text);

std::string toJson(const RequestMessage& message);
std::string toJson(const Event& event);
/// A verb that this side does not know leaves `request` empty; what was meant for it is not looked at.
Result<RequestMessage> requestFromJson(const std::string& text);
/// Absent: an event of a kind that this side does not know, to be passed over.
Result<std::optional<Event>> eventFromJson(const std::string& text);

} // namespace millrace::session
