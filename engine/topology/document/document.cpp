#include "topology/document/document.h"

#include "topology/document/document_impl.h"
#include "topology/graph/graph_reader.h"
#include "topology/graph/keys.h"
#include "topology/text/edited_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace millrace::topology {
namespace {

constexpr int kVersion = 1;

std::string mostFrequentLineEnd(std::string_view text) {
    std::size_t lf = 0, cr = 0, crlf = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') {
            ++lf;
        } else if (text[i] == '\r') {
            const bool pair = i + 1 < text.size() && text[i + 1] == '\n';
            (pair ? crlf : cr)++;
            if (pair) ++i;
        }
    }
    if (crlf > lf && crlf >= cr) return "\r\n";
    return cr > lf ? "\r" : "\n";
}

TextStyle styleOf(std::string_view text, const PropertiesText& properties) {
    TextStyle style;
    style.lineEnd = mostFrequentLineEnd(text);
    style.finalNewline = text.empty() || text.back() == '\n' || text.back() == '\r';
    std::map<std::string, std::size_t> separators;
    for (const Entry& entry : properties.entries) {
        const bool usable = !entry.ours && entry.separator && entry.valueRange.size() > 0;
        const std::size_t size = entry.valueRange.begin - std::min(entry.valueRange.begin, entry.keyRange.end);
        if (usable && size <= 3) ++separators[std::string(text.substr(entry.keyRange.end, size))];
    }
    std::size_t most = 0;
    for (const auto& [separator, count] : separators) {
        if (count > most && separator.find_first_of("\r\n\\") == std::string::npos) {
            style.separator = separator;
            most = count;
        }
    }
    return style;
}

} // namespace

Document::Impl::Impl(std::string bytes, const catalog::Catalog& declarations)
    : text(std::move(bytes)),
      catalog(&declarations),
      properties(PropertiesText::parse(text)),
      style(styleOf(text, properties)) {
    flumeIndex.reserve(properties.entries.size());
    for (std::size_t i = 0; i < properties.entries.size(); ++i) {
        Entry& entry = properties.entries[i];
        if (!entry.ours) entry.key = withTrimmedName(entry.key);
        const auto [last, first] = (entry.ours ? ourIndex : flumeIndex).try_emplace(entry.key, i);
        if (first) continue;
        properties.entries[last->second].superseded = true;
        last->second = i;
    }
}

Document Document::parse(std::string text, const catalog::Catalog& catalog) {
    return Document(std::make_shared<const Impl>(std::move(text), catalog));
}

Document Document::empty(const catalog::Catalog& catalog) {
    return parse(fmt::format("#@ version = {}\n", kVersion), catalog);
}

const std::string& Document::text() const {
    return impl_->text;
}
const TextStyle& Document::style() const {
    return impl_->style;
}
const catalog::Catalog& Document::catalog() const {
    return *impl_->catalog;
}
const PropertiesText& Document::properties() const {
    return impl_->properties;
}

const Graph& Document::graph() const {
    std::call_once(impl_->graphOnce, [this] { impl_->graph = readGraph(impl_->properties, *impl_->catalog); });
    return impl_->graph;
}

bool Document::readOnly() const {
    const auto version = find("version", true);
    if (!version) return false;
    const std::string& v = version->value;
    const bool number = !v.empty() && v.find_first_not_of("0123456789") == std::string::npos;
    return number && (v.size() > 6 || std::stoi(v) > kVersion);
}

std::optional<Property> Document::find(std::string_view fullKey, bool ours) const {
    const auto& index = ours ? impl_->ourIndex : impl_->flumeIndex;
    const auto found = index.find(fullKey);
    if (found == index.end()) return std::nullopt;
    const Entry& entry = impl_->properties.entries[found->second];
    return Property{entry.key, entry.value, entry.keyRange, entry.valueRange, entry.line};
}

Result<Document::Applied> Document::apply(const Edit& edit) const {
    auto done = applyTo(impl_->text, edit);
    MILLRACE_TRY(done);
    return Applied{parse(std::move(done->text), *impl_->catalog), std::move(done->inverse)};
}

std::pair<int, int> Document::lineColumn(std::size_t offset) const {
    const std::string& text = impl_->text;
    offset = std::min(offset, text.size());
    const int line = impl_->properties.lineOf(offset);
    int column = 1;
    for (std::size_t i = impl_->properties.lineStarts[static_cast<std::size_t>(line - 1)]; i < offset; ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) ++column;
    }
    return {line, column};
}

} // namespace millrace::topology
