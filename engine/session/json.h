#pragma once

#include "base/result.h"
#include "session/session.h"
#include "session/snapshot.h"

#include <string>

/// JSON of the border's structs, both ways, from their one field list: what an SSH connection will carry. Reading ignores
/// unknown fields and keeps defaults for absent ones, so that two versions can talk; a wrong type is an error that names
/// the field. Instantiated in json.cpp for the structs of session.h and snapshot.h.
namespace millrace::session {

template <typename T>
std::string toJson(const T& value);
template <typename T>
Result<T> fromJson(const std::string& text);

} // namespace millrace::session
