#include "flume/registry.h"
#include "flume/sinks/hbase_rows.h"
#include "flume/support/charset.h"
#include "java/java_regex.h"

#include <fmt/core.h>

#include <chrono>
#include <optional>

namespace millrace::flume {

namespace {

constexpr std::string_view kAlphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

std::string uuidText(Random& random) {
    const auto bytes = random.uuid();
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        text += fmt::format("{}{:02x}", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", bytes[i]);
    return text;
}

struct SimpleOptions {
    std::string rowPrefix, suffix, payloadColumn, incrementRow, incrementColumn;
};

/// org.apache.flume.sink.hbase.SimpleHbaseEventSerializer and its likes of HBase 2 and of the asynchronous client.
class SimpleHbaseSerializer final : public HbaseSerializer {
public:
    SimpleHbaseSerializer(SimpleOptions options, const ComponentServices& services)
        : options_(std::move(options)), clock_(*services.clock), random_(*services.random) {}

    void write(const HeaderSet&, std::string_view body, HbaseWrites& writes) override {
        if (!options_.payloadColumn.empty())
            writes.rows.push_back({options_.rowPrefix + suffix(), {{options_.payloadColumn, std::string(body)}}});
        if (!options_.incrementColumn.empty()) ++writes.increments[{options_.incrementRow, options_.incrementColumn}];
    }

private:
    std::string suffix() {
        if (options_.suffix == "timestamp") return std::to_string(clock_.epochMs());
        if (options_.suffix == "random") return std::to_string(static_cast<std::int64_t>(random_.next()));
        if (options_.suffix != "nano") return uuidText(random_);
        return std::to_string(std::chrono::nanoseconds(clock_.now().time_since_epoch()).count());
    }

    const SimpleOptions options_;
    const ThreadClock& clock_;
    Random& random_;
};

Result<MakeSerializer> makeSimpleHbase(Settings& settings, const ComponentServices& services) {
    SimpleOptions options{settings.text("rowPrefix"), settings.text("suffix"), settings.text("payloadColumn"),
                          settings.text("incrementRow"), settings.text("incrementColumn")};
    MILLRACE_TRY(settings.status());
    return MakeSerializer([options, services] { return std::make_unique<SimpleHbaseSerializer>(options, services); });
}

struct RegexOptions {
    std::string pattern;
    std::vector<std::string> columns;
    std::int64_t rowKeyIndex = -1;
    bool depositHeaders = false;
    const java::JavaCharset* charset = nullptr; ///< null: bodies are UTF-8
};

/// org.apache.flume.sink.hbase.RegexHbaseEventSerializer. As in Flume an event that does not match becomes nothing.
class RegexHbaseSerializer final : public HbaseSerializer {
public:
    RegexHbaseSerializer(const RegexOptions& options, java::JavaRegex regex,
                         std::optional<java::CharsetDecoder> decoder, const ComponentServices& services)
        : options_(options),
          regex_(std::move(regex)),
          decoder_(std::move(decoder)),
          clock_(*services.clock),
          random_(*services.random) {
        regex_.warnIn(*services.log, services.id);
        for (int i = 0; i < kKeyLetters; ++i)
            letters_ += kAlphanumeric[random_.below(kAlphanumeric.size())];
    }

    void write(const HeaderSet& headers, std::string_view body, HbaseWrites& writes) override {
        std::string decoded;
        if (decoder_) {
            decoder_->decode(body, decoded);
            decoder_->finish(decoded);
        }
        if (!regex_.matches(decoder_ ? std::string_view(decoded) : body)) return;
        if (regex_.groupCount() != options_.columns.size()) return;
        HbaseWrites::Row row{rowKey(), {}};
        for (std::size_t i = 0; i < options_.columns.size(); ++i) {
            const std::string_view value = regex_.group(i + 1);
            if (static_cast<std::int64_t>(i) == options_.rowKeyIndex || !value.data()) continue;
            row.cells.emplace_back(options_.columns[i], std::string(value));
        }
        for (const auto& [name, value] : headers.entries())
            if (options_.depositHeaders) row.cells.emplace_back(name, value);
        if (!row.cells.empty()) writes.rows.push_back(std::move(row));
    }

private:
    static constexpr int kKeyLetters = 10;

    std::string rowKey() {
        if (options_.rowKeyIndex >= 0)
            return std::string(regex_.group(static_cast<std::size_t>(options_.rowKeyIndex) + 1));
        return fmt::format("{}-{}-{}", clock_.epochMs(), letters_, number_++);
    }

    const RegexOptions options_;
    java::JavaRegex regex_;
    std::optional<java::CharsetDecoder> decoder_;
    const ThreadClock& clock_;
    Random& random_;
    std::string letters_;
    std::uint64_t number_ = 0;
};

Result<MakeSerializer> makeRegexHbase(Settings& settings, const ComponentServices& services) {
    RegexOptions options;
    const bool ignoresCase = settings.flag("regexIgnoreCase");
    options.pattern = (ignoresCase ? "(?si)" : "(?s)") + settings.text("regex");
    options.columns = settings.list("colNames");
    options.rowKeyIndex = settings.number("rowKeyIndex");
    options.depositHeaders = settings.flag("depositHeaders");
    auto charset = charsetOf(settings, "charset");
    MILLRACE_TRY(charset);
    MILLRACE_TRY(settings.status());
    if (!isPassedOn(**charset)) options.charset = *charset;
    const auto columns = static_cast<std::int64_t>(options.columns.size());
    if (options.rowKeyIndex >= columns)
        return Error{ErrorCode::invalidArgument,
                     fmt::format("rowKeyIndex = {} names none of the {} columns", options.rowKeyIndex, columns), false};
    if (options.rowKeyIndex >= 0 && options.columns[static_cast<std::size_t>(options.rowKeyIndex)] != "ROW_KEY")
        return Error{ErrorCode::invalidArgument, "the column at rowKeyIndex must be called ROW_KEY", false};
    // Once here, so that making one later cannot fail.
    if (auto regex = java::JavaRegex::compile(options.pattern); !regex) return regex.error().in("regex");
    return MakeSerializer([options, services] {
        std::optional<java::CharsetDecoder> decoder;
        if (options.charset) decoder = java::CharsetDecoder::of(*options.charset).value();
        return std::make_unique<RegexHbaseSerializer>(options, *java::JavaRegex::compile(options.pattern),
                                                      std::move(decoder), services);
    });
}

} // namespace

MILLRACE_COMPONENT(SimpleHbaseSerializer, "org.apache.flume.sink.hbase.SimpleHbaseEventSerializer", &makeSimpleHbase)
MILLRACE_COMPONENT(SimpleAsyncHbaseSerializer, "org.apache.flume.sink.hbase.SimpleAsyncHbaseEventSerializer",
                   &makeSimpleHbase)
MILLRACE_COMPONENT(SimpleHbase2Serializer, "org.apache.flume.sink.hbase2.SimpleHBase2EventSerializer", &makeSimpleHbase)
MILLRACE_COMPONENT(RegexHbaseSerializer, "org.apache.flume.sink.hbase.RegexHbaseEventSerializer", &makeRegexHbase)
MILLRACE_COMPONENT(RegexHbase2Serializer, "org.apache.flume.sink.hbase2.RegexHBase2EventSerializer", &makeRegexHbase)

} // namespace millrace::flume
