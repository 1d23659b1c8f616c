#include "flume/handlers/json_events.h"

#include "flume/support/header_limit.h"

#include <boost/json/basic_parser_impl.hpp>
#include <fmt/core.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace millrace::flume {
namespace {

namespace json = boost::json;
using json::error_code;

/// What the parser tells, made into events. Each call returns false, with an error set, to end it.
class JsonEventReader {
public:
    // What the parser asks for; the length of a request is bounded.
    static constexpr std::size_t max_object_size = SIZE_MAX, max_array_size = SIZE_MAX;
    static constexpr std::size_t max_key_size = SIZE_MAX, max_string_size = SIZE_MAX;

    explicit JsonEventReader(std::optional<java::CharsetEncoder> encoder) : encoder_(std::move(encoder)) {}

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }

    bool on_array_begin(error_code& error) {
        if (where_ == Where::start) {
            where_ = Where::list;
            return true;
        }
        return beginNested(error);
    }
    bool on_array_end(std::size_t, error_code&) {
        if (where_ == Where::list)
            where_ = Where::end;
        else
            endNested();
        return true;
    }
    bool on_object_begin(error_code& error) {
        if (where_ == Where::start) return fail("it must be an array of events, also for a single one", error);
        if (where_ == Where::list) {
            where_ = Where::event;
            headers_.clear();
            body_.clear();
            return true;
        }
        if (where_ == Where::event && key_ == "headers") {
            where_ = Where::headers;
            return true;
        }
        return beginNested(error);
    }
    bool on_object_end(std::size_t, error_code& error) {
        if (where_ == Where::event) {
            where_ = Where::list;
            return addEvent(error);
        }
        if (where_ == Where::headers)
            where_ = Where::event;
        else
            endNested();
        return true;
    }

    bool on_key_part(json::string_view part, std::size_t, error_code&) { return keep(part); }
    bool on_key(json::string_view part, std::size_t, error_code&) {
        keep(part);
        if (where_ == Where::event || where_ == Where::headers) key_ = std::exchange(text_, {});
        text_.clear();
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, error_code&) { return keep(part); }
    bool on_string(json::string_view part, std::size_t, error_code& error) { return lastOf(part, error); }
    bool on_number_part(json::string_view part, error_code&) { return keep(part); }
    bool on_int64(std::int64_t, json::string_view part, error_code& error) { return lastOf(part, error); }
    bool on_uint64(std::uint64_t, json::string_view part, error_code& error) { return lastOf(part, error); }
    bool on_double(double, json::string_view part, error_code& error) { return lastOf(part, error); }
    bool on_bool(bool value, error_code& error) { return lastOf(value ? "true" : "false", error); }
    bool on_null(error_code& error) {
        if (where_ == Where::list) return fail("an event is null", error);
        return where_ != Where::start || fail("it must be an array of events", error);
    }
    bool on_comment_part(json::string_view, error_code&) { return true; }
    bool on_comment(json::string_view, error_code&) { return true; }

    EventBatchPtr finish() { return builder_.finish(); }
    const std::string& problem() const { return problem_; }
    std::size_t events() const { return builder_.size(); }

private:
    enum class Where {
        start,
        list,
        event,
        headers,
        ignored, ///< in what is neither headers nor body
        end,
    };

    bool fail(std::string problem, error_code& error) {
        problem_ = std::move(problem);
        error = json::error::exception; // any: the problem says more
        return false;
    }
    bool keep(json::string_view part) {
        if (where_ != Where::ignored) text_.append(part.data(), part.size());
        return true;
    }
    bool lastOf(json::string_view part, error_code& error) {
        keep(part);
        switch (where_) {
        case Where::start:
            return fail("it must be an array of events", error);
        case Where::list:
            return fail("an event must be an object with headers and body", error);
        case Where::event:
            if (key_ == "headers") return fail("headers must be an object", error);
            if (key_ == "body") body_.swap(text_);
            break;
        case Where::headers:
            headers_.emplace_back(key_, text_);
            if (Status few = checkHeaderCount(headers_.size()); !few) return fail(few.error().message, error);
            break;
        default:
            break;
        }
        text_.clear();
        return true;
    }
    bool beginNested(error_code& error) {
        if (where_ == Where::list) return fail("an event must be an object with headers and body", error);
        if (where_ == Where::headers) return fail(fmt::format("the header {} must be text", key_), error);
        if (where_ == Where::event && (key_ == "body" || key_ == "headers"))
            return fail(key_ == "body" ? "body must be text" : "headers must be an object", error);
        where_ = Where::ignored;
        ++ignored_;
        return true;
    }
    void endNested() {
        if (--ignored_ == 0) where_ = Where::event;
    }
    bool addEvent(error_code& error) {
        // Neighbours mostly have the same headers.
        if (!last_ || headers_ != lastEntries_) {
            lastEntries_ = headers_;
            last_ = std::make_shared<const HeaderSet>(std::move(headers_));
        }
        headers_.clear();
        builder_.setHeaders(last_);
        std::string encoded;
        if (encoder_) encoder_->encode(body_, encoded);
        return builder_.add(encoder_ ? encoded : body_) || fail("more than 4 GiB of bodies", error);
    }

    std::optional<java::CharsetEncoder> encoder_;
    EventBatchBuilder builder_;
    Where where_ = Where::start;
    std::size_t ignored_ = 0; ///< how deep
    std::string text_, key_, body_, problem_;
    std::vector<std::pair<std::string, std::string>> headers_, lastEntries_;
    HeaderSetPtr last_;
};

} // namespace

Result<EventBatchPtr> readJsonEvents(std::string_view text, const java::JavaCharset& bodies) {
    std::optional<java::CharsetEncoder> encoder;
    if (bodies.name != "UTF-8") {
        auto made = java::CharsetEncoder::of(bodies);
        if (!made) return std::move(made).error();
        encoder = std::move(*made);
    }
    json::basic_parser<JsonEventReader> parser(json::parse_options(), std::move(encoder));
    error_code error;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
    JsonEventReader& reader = parser.handler();
    if (!error && read < text.size()) error = json::error::extra_data;
    if (!error) return reader.finish();
    return Error{ErrorCode::invalidArgument,
                 fmt::format("the JSON is not as it must be, event {}, byte {}: {}", reader.events() + 1, read,
                             reader.problem().empty() ? error.message() : reader.problem()),
                 false};
}

} // namespace millrace::flume
