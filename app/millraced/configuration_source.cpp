#include "configuration_source.h"

#include "base/base64.h"
#include "base/file_system.h"
#include "net/event_loop.h"
#include "net/http_client.h"
#include "tls/tls_options.h"
#include "topology/document/document.h"

#include <fmt/core.h>

#include <cctype>
#include <chrono>
#include <filesystem>
#include <future>
#include <mutex>
#include <sys/stat.h>
#include <utility>

namespace millrace::app {

namespace {

constexpr std::uint64_t kMaximumBytes = 64 << 20;
constexpr std::chrono::seconds kPatience{30};

/// Reads the file again when its time of change is another one.
class FileConfiguration final : public ConfigurationSource {
public:
    explicit FileConfiguration(std::string path) : path_(std::move(path)) {}

    Result<std::string> read() override {
        seen_ = modifiedAt();
        return topology::readDocumentFile(path_);
    }
    void look() override {
        const std::int64_t modified = modifiedAt();
        if (modified == seen_ || modified == 0) return;
        seen_ = modified;
        found_ = topology::readDocumentFile(path_);
    }
    std::optional<Result<std::string>> changed() override { return std::exchange(found_, {}); }

private:
    std::int64_t modifiedAt() const {
        struct stat status {};
        if (::stat(path_.c_str(), &status) != 0) return 0;
        return status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec;
    }

    const std::string path_;
    std::int64_t seen_ = 0;
    std::optional<Result<std::string>> found_;
};

/// The name of the copy of what is at an address.
std::string copyName(const std::string& place) {
    std::string name = place.substr(place.find("://") + 3);
    for (char& c : name)
        if (!std::isalnum(static_cast<unsigned char>(c)) && c != '.' && c != '-') c = '_';
    return name;
}

class HttpConfiguration final : public ConfigurationSource {
public:
    HttpConfiguration(std::string place, net::HttpUrl url, net::TransportFactory transport,
                      const ConfigurationUser& user, const std::string& backup)
        : place_(std::move(place)),
          url_(std::move(url)),
          loop_("configuration"),
          client_(loop_, {.timeout = kPatience, .bodyBytes = kMaximumBytes, .transport = std::move(transport)}) {
        if (!backup.empty()) copy_ = std::filesystem::path(backup) / copyName(place_);
        if (!user.name.empty()) authorization_ = "Basic " + toBase64(user.name + ':' + user.password);
    }

    Result<std::string> read() override {
        std::promise<Result<net::HttpAnswer>> promise;
        client_.send(call(), [&](Result<net::HttpAnswer> answer) { promise.set_value(std::move(answer)); });
        auto text = textOf(promise.get_future().get());
        if (!text) return readCopy(std::move(text).error());
        if (!*text) return refused("304 without a question about changes");
        text_ = **text;
        return text_;
    }

    Status accepted() override {
        if (copy_.empty()) return ok();
        MILLRACE_TRY(posixFileSystem().makeDirectories(copy_.parent_path()));
        return posixFileSystem().replace(copy_, {reinterpret_cast<const std::uint8_t*>(text_.data()), text_.size()});
    }

    void look() override {
        const std::lock_guard lock(mutex_);
        if (std::exchange(looking_, true)) return;
        client_.send(call(), [this](Result<net::HttpAnswer> answer) {
            const std::lock_guard answered(mutex_);
            looking_ = false;
            answer_ = std::move(answer);
        });
    }

    std::optional<Result<std::string>> changed() override {
        std::optional<Result<net::HttpAnswer>> answer;
        {
            const std::lock_guard lock(mutex_);
            answer.swap(answer_);
        }
        if (!answer) return {};
        auto text = textOf(*std::move(answer));
        if (!text) {
            // The same each time is told once.
            if (std::exchange(told_, text.error().message) == text.error().message) return {};
            return std::move(text).error();
        }
        told_.clear();
        if (!*text || **text == text_) return {};
        text_ = **text;
        return text_;
    }

private:
    Result<std::string> readCopy(const Error& why) {
        if (copy_.empty()) return why;
        const auto copy = posixFileSystem().readAll(copy_, kMaximumBytes);
        if (!copy) return why;
        fmt::print(stderr, "{}; its copy {} is taken\n", why.message, copy_.string());
        told_ = why.message;
        text_.assign(copy->begin(), copy->end());
        return text_;
    }

    net::HttpCall call() const {
        net::HttpCall call;
        call.address = url_.address;
        call.target = url_.target;
        for (const auto& [name, value] :
             {std::pair("Authorization", &authorization_), std::pair("If-None-Match", &tag_),
              std::pair("If-Modified-Since", &modified_)})
            if (!value->empty()) call.headers.emplace_back(name, *value);
        return call;
    }

    /// Nothing: it has not changed.
    Result<std::optional<std::string>> textOf(Result<net::HttpAnswer> answer) {
        constexpr int kFine = 200, kNotModified = 304;
        if (!answer) return answer.error().in(place_);
        if (answer->status == kNotModified) return std::optional<std::string>();
        if (answer->status != kFine) return refused(std::to_string(answer->status));
        tag_ = answer->header("ETag");
        modified_ = answer->header("Last-Modified");
        return std::optional(std::move(answer->body));
    }

    Error refused(const std::string& what) const {
        return {ErrorCode::notFound,
                fmt::format("{}: the server answered {} instead of a configuration", place_, what)};
    }

    const std::string place_;
    const net::HttpUrl url_;
    std::filesystem::path copy_; ///< empty: none is kept
    std::string authorization_, tag_, modified_;
    std::string text_; ///< the last one that was given away
    std::string told_; ///< why the last look failed
    std::mutex mutex_;
    bool looking_ = false;
    std::optional<Result<net::HttpAnswer>> answer_;
    net::EventLoop loop_;
    net::HttpClient client_; ///< ends its calls before the others go
};

} // namespace

bool isConfigurationAddress(const std::string& place) {
    return place.starts_with("http://") || place.starts_with("https://");
}

Result<std::unique_ptr<ConfigurationSource>> openConfiguration(const std::string& place, const ConfigurationUser& user,
                                                               const std::string& backup) {
    if (!isConfigurationAddress(place))
        return std::unique_ptr<ConfigurationSource>(std::make_unique<FileConfiguration>(place));
    auto url = net::parseHttpUrl(place);
    if (!url) return std::move(url).error();
    net::TransportFactory transport;
    if (url->secure) {
        tls::ClientOptions options;
        options.host = url->address.host;
        auto made = tls::clientTransport(options);
        if (!made) return std::move(made).error();
        transport = std::move(*made);
    }
    return std::unique_ptr<ConfigurationSource>(
        std::make_unique<HttpConfiguration>(place, std::move(*url), std::move(transport), user, backup));
}

} // namespace millrace::app
