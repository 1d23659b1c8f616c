#include "flume/deserializers/file_window.h"
#include "flume/deserializers/line_text.h"
#include "flume/registry.h"

#include "flume/support/charset.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>

namespace millrace::flume {
namespace {

/// More characters than that are no line: memory stays bounded, whatever maxLineLength says.
constexpr std::int64_t kMostCharacters = 16 << 20;
/// A character takes four bytes at most, in UTF-8 and in GB18030.
constexpr std::size_t kMostBytes = 4;

/// LINE (org.apache.flume.serialization.LineDeserializer): a line feed ends a line, a carriage return stays, what is
/// longer than maxLineLength goes on in further events.
class LineDeserializer final : public Deserializer {
public:
    LineDeserializer(const DeserializerInput& input, std::size_t mostCharacters, LineText text)
        : window_(input.file, input.position, input.size), mostCharacters_(mostCharacters), text_(std::move(text)) {}

    Status read(std::size_t most, EventBatchBuilder& builder) override {
        while (builder.size() < most && builder.bodyBytes() < kEnoughBytes) {
            auto added = addLine(builder);
            if (!added && builder.empty()) return std::move(added).error();
            if (!added || !*added) break;
        }
        return ok();
    }
    std::uint64_t position() const override { return window_.position(); }
    void grown(std::uint64_t size) override { window_.grown(size); }

private:
    /// Of one batch; the rest comes with the next.
    static constexpr std::size_t kEnoughBytes = 8u << 20;

    /// False at the end of the file.
    Result<bool> addLine(EventBatchBuilder& builder) {
        const std::size_t longest = mostCharacters_ * kMostBytes + 1;
        std::size_t searched = 0, end = std::string_view::npos;
        for (;;) {
            const std::string_view seen = window_.seen().substr(0, longest);
            end = seen.find('\n', searched);
            if (end != std::string_view::npos || seen.size() == longest) break;
            searched = seen.size();
            auto more = window_.more();
            if (!more) return std::move(more).error();
            if (!*more) break;
        }
        const std::string_view seen = window_.seen().substr(0, longest);
        const std::string_view whole = seen.substr(0, end);
        if (seen.empty()) return false;
        const std::string_view line = whole.substr(0, text_.bytesOf(whole, mostCharacters_));
        auto body = text_.decoded(line);
        if (!body) return body.error().in(fmt::format("byte {}", window_.position()));
        (void)builder.add(*body);
        window_.take(line.size() + (line.size() == whole.size() && end != std::string_view::npos ? 1 : 0));
        return true;
    }

    FileWindow window_;
    const std::size_t mostCharacters_;
    LineText text_;
};

Result<MakeDeserializer> makeLineDeserializer(Settings& settings, const ComponentServices&) {
    const auto most = std::clamp<std::int64_t>(settings.number("maxLineLength"), 1, kMostCharacters);
    const auto output = charsetOf(settings, "outputCharset");
    MILLRACE_TRY(output);
    MILLRACE_TRY(settings.status());
    return MakeDeserializer(
        [most, output = *output](const DeserializerInput& input) -> Result<std::unique_ptr<Deserializer>> {
            auto text = LineText::make(*input.charset, input.errors, *output);
            if (!text) return std::move(text).error();
            return std::unique_ptr<Deserializer>(
                std::make_unique<LineDeserializer>(input, static_cast<std::size_t>(most), std::move(*text)));
        });
}

} // namespace

MILLRACE_COMPONENT(LineDeserializer, "org.apache.flume.serialization.LineDeserializer$Builder", &makeLineDeserializer)

} // namespace millrace::flume
