#include "traffic/line_maker.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <ctime>
#include <iterator>

namespace millrace::traffic {
namespace {

constexpr std::array<std::string_view, 12> kPages{
    "/",       "/products", "/products/lamp", "/products/teapot", "/products/bicycle", "/cart",
    "/search", "/checkout", "/login",         "/img/logo.svg",    "/css/shop.css",     "/api/stock"};
constexpr std::array<std::string_view, 5> kReferrers{"-", "https://shop.example/", "https://shop.example/products",
                                                     "https://search.example/?q=lamp", "https://news.example/today"};
constexpr std::array<std::string_view, 5> kAgents{
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
    "Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile "
    "Safari/537.36",
    "curl/8.5.0"};
constexpr std::array<std::string_view, 6> kUsers{"anna", "bao", "chidi", "dana", "emeka", "fei"};
constexpr std::array<std::string_view, 8> kArticles{"lamp",   "teapot", "bicycle", "notebook",
                                                    "kettle", "scarf",  "radio",   "chess set"};
constexpr std::array<std::string_view, 4> kCountries{"DE", "CN", "NG", "BR"};

template <std::size_t size>
std::string_view pick(const std::array<std::string_view, size>& from, Random& random) {
    return from[random.below(size)];
}

/// Times change once a second, lines come by the thousand.
class SecondText {
public:
    SecondText(const char* format, bool utc) : format_(format), utc_(utc) {}
    const std::string& of(EpochMs now) {
        const std::time_t second = now / 1000;
        if (second == second_) return text_;
        second_ = second;
        std::tm parts{};
        if (utc_)
            ::gmtime_r(&second, &parts);
        else
            ::localtime_r(&second, &parts);
        std::array<char, 64> text{};
        text_.assign(text.data(), std::strftime(text.data(), text.size(), format_, &parts));
        return text_;
    }

private:
    const char* format_;
    bool utc_;
    std::time_t second_ = -1;
    std::string text_;
};

class WeblogMaker final : public LineMaker {
public:
    void append(std::int64_t sequence, EpochMs now, Random& random, std::string& out) override {
        const auto visitor = random.below(4000); // few visitors make many requests
        const std::string_view page = pick(kPages, random);
        const bool signedIn = visitor % 5 == 0;
        fmt::format_to(std::back_inserter(out), "10.{}.{}.{} - {} [{}] \"{} {}?seq={} HTTP/1.1\" {} {} \"{}\" \"{}\"",
                       visitor % 7 + 20, visitor / 250, visitor % 250 + 1,
                       signedIn ? kUsers[visitor % kUsers.size()] : "-", time_.of(now),
                       page == "/checkout" || page == "/login" ? "POST" : "GET", page, sequence, statusCode(random),
                       200 + random.below(60'000), pick(kReferrers, random), kAgents[visitor % kAgents.size()]);
    }

private:
    static int statusCode(Random& random) {
        const auto dice = random.below(1000);
        if (dice < 905) return 200;
        if (dice < 945) return 304;
        if (dice < 965) return 302;
        if (dice < 993) return 404;
        return 500;
    }
    SecondText time_{"%d/%b/%Y:%H:%M:%S %z", false};
};

class OrdersMaker final : public LineMaker {
public:
    void append(std::int64_t sequence, EpochMs now, Random& random, std::string& out) override {
        auto at = std::back_inserter(out);
        fmt::format_to(at, R"({{"order":"A{:08}","time":"{}.{:03}Z","customer":{},"country":"{}","items":[)",
                       random.below(100'000'000), time_.of(now), now % 1000, 1000 + random.below(9000),
                       pick(kCountries, random));
        const auto items = 1 + random.below(3);
        std::uint64_t cents = 0;
        for (std::uint64_t i = 0; i < items; ++i) {
            const auto count = 1 + random.below(4);
            const auto price = 199 + random.below(20'000);
            cents += count * price;
            fmt::format_to(at, R"({}{{"article":"{}","count":{},"price":{}.{:02}}})", i == 0 ? "" : ",",
                           pick(kArticles, random), count, price / 100, price % 100);
        }
        fmt::format_to(at, R"(],"total":{}.{:02},"seq":{}}})", cents / 100, cents % 100, sequence);
    }

private:
    SecondText time_{"%Y-%m-%dT%H:%M:%S", true};
};

std::optional<std::int64_t> numberAfter(std::string_view line, std::string_view mark) {
    const auto found = line.find(mark);
    if (found == std::string_view::npos) return {};
    const char* begin = line.data() + found + mark.size();
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(begin, line.data() + line.size(), value);
    if (problem != std::errc() || end == begin) return {};
    return value;
}

} // namespace

std::unique_ptr<LineMaker> makeLineMaker(std::string_view kind) {
    if (kind == "weblog") return std::make_unique<WeblogMaker>();
    if (kind == "orders") return std::make_unique<OrdersMaker>();
    return nullptr;
}

std::optional<std::int64_t> sequenceIn(std::string_view line) {
    if (const auto found = numberAfter(line, "?seq=")) return found;
    return numberAfter(line, "\"seq\":");
}

} // namespace millrace::traffic
