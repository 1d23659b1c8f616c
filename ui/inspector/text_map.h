#pragma once

#include "topology/text/edit.h"

#include <QList>
#include <QString>

#include <string>
#include <string_view>
#include <vector>

namespace millrace::studio {

/// The bytes of a document as a person reads them, and the way back. A line is shown as UTF-8, or as Latin-1 when it is
/// no valid UTF-8; outside comments `\uXXXX` is shown decoded from U+00A0 on, and what is typed there beyond ASCII is
/// written so. Every byte that is not touched stays as it is, line ends included.
class TextMap {
public:
    explicit TextMap(std::string_view bytes);

    /// The lines without their ends. A text that ends with a line end has an empty last line.
    const QList<QString>& lines() const { return shown_; }
    QString text() const { return shown_.join(QLatin1Char('\n')); }

    /// The smallest edit that leads to `lines`; new line ends are `lineEnd`. Empty when nothing differs.
    topology::Edit editTo(const QList<QString>& lines, const std::string& lineEnd) const;

    struct Place {
        int line = 0;
        int column = 0; ///< UTF-16 units
    };
    Place placeOf(std::size_t offset) const;
    std::size_t offsetOf(Place place) const;

private:
    struct Line {
        std::size_t begin = 0;
        std::vector<std::uint32_t> byteOf; ///< offset from `begin` of each character, then of the end of the line
        bool value = false;                ///< a property or its continuation: escapes count
    };
    void addLine(std::string_view bytes, std::size_t begin, bool value);

    std::vector<Line> lines_;
    QList<QString> shown_;
};

} // namespace millrace::studio
