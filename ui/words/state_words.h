#pragma once

#include "session/snapshot.h"

#include <QString>

namespace millrace::studio {

/// The name of a state in the language in force.
QString stateText(session::State state);

} // namespace millrace::studio
