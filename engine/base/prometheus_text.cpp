#include "base/prometheus_text.h"

#include "base/utf8.h"

#include <fmt/format.h>

namespace millrace {

namespace {

void appendEscaped(std::string& text, std::string_view label) {
    for (const char c : isUtf8(label) ? std::string(label) : validUtf8(label)) {
        if (c == '\\' || c == '"') text += '\\';
        if (c == '\n')
            text += "\\n";
        else
            text += c;
    }
}

} // namespace

void PrometheusText::metric(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    type_ = type;
    help_ = help;
    begun_ = false;
}

void PrometheusText::sample(Labels labels, std::string_view value) {
    if (!std::exchange(begun_, true))
        fmt::format_to(std::back_inserter(text_), "# HELP {0} {1}\n# TYPE {0} {2}\n", name_, help_, type_);
    text_ += name_;
    char before = '{';
    for (const auto& [label, content] : labels) {
        text_ += before;
        text_ += label;
        text_ += "=\"";
        appendEscaped(text_, content);
        text_ += '"';
        before = ',';
    }
    if (labels.size() > 0) text_ += '}';
    text_ += ' ';
    text_ += value;
    text_ += '\n';
}

std::string PrometheusText::numberText(double value) {
    return fmt::format("{}", value);
}

} // namespace millrace
