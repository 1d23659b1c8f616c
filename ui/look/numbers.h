#pragma once

#include <QString>

#include <cstdint>
#include <optional>

namespace millrace::look {

/// Numbers as they stand on nodes and wires: three significant digits and a unit, in the language in force.
QString count(std::int64_t value);                   ///< "420", "41.2 k", "2.90 M"
QString rate(double perSecond);                      ///< "11.9 k/s", "0 /s"
QString bytes(std::int64_t value);                   ///< "412 MB"
QString duration(std::int64_t ms);                   ///< "5.1 s", "2 min", "40 ms"
QString percent(double fraction);                    ///< "42 %"
QString clock(std::int64_t ms);                      ///< elapsed "00:04:12"
QString exact(std::int64_t value);                   ///< "2 904 118": thin spaces, for the account

} // namespace millrace::look
