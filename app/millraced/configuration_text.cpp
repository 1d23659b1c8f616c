#include "configuration_text.h"

#include "topology/checks/diagnostic_texts.h"
#include "topology/text/properties_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace millrace::app {

namespace {

constexpr std::string_view kOverridden = "duplicate-key"; ///< its first argument is the line that counts

std::int64_t numberIn(const std::string& text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

void TextPlaces::add(std::string file, std::int64_t firstLine) {
    files_.push_back({std::move(file), firstLine});
}

std::string TextPlaces::files() const {
    std::string names;
    for (const File& file : files_)
        names += (names.empty() ? "" : ", ") + file.name;
    return names;
}

const TextPlaces::File* TextPlaces::fileOf(std::int64_t line) const {
    const auto after =
        std::find_if(files_.begin(), files_.end(), [&](const File& file) { return file.firstLine > line; });
    return after == files_.begin() ? nullptr : &*std::prev(after);
}

std::optional<std::string> TextPlaces::tell(const session::Issue& issue) const {
    const File* file = issue.line > 0 ? fileOf(issue.line) : nullptr;
    if (!file) {
        const std::string node = issue.node.empty() ? "" : issue.node + ": ";
        return fmt::format("{}: {}{}: {}", files(), node, issue.severity, issue.message);
    }
    std::string message = issue.message;
    if (issue.code == kOverridden && !issue.arguments.empty()) {
        const std::int64_t line = numberIn(issue.arguments.front());
        if (fileOf(line) != file) return std::nullopt;
        auto arguments = issue.arguments;
        arguments.front() = std::to_string(line - file->firstLine + 1);
        message = topology::diagnosticText(issue.code, arguments);
    }
    return fmt::format("{}:{}:{}: {}: {}", file->name, issue.line - file->firstLine + 1, issue.column, issue.severity,
                       message);
}

void ConfigurationText::add(const std::string& file, std::string_view added) {
    // A file that ends within a line must not swallow the first line of the next one.
    if (!text.empty() && text.back() != '\n') text += '\n';
    if (text.ends_with("\\\n") || text.ends_with("\\\r\n")) text += '\n';
    places.add(file, static_cast<std::int64_t>(topology::PropertiesText::parse(text).lineStarts.size()));
    text += added;
}

} // namespace millrace::app
