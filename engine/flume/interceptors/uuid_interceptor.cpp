#include "flume/interceptors/header_mapping.h"
#include "flume/registry.h"

#include <fmt/format.h>

namespace millrace::flume {
namespace {

/// A random identifier for each event (org.apache.flume.sink.solr.morphline.UUIDInterceptor).
class UuidInterceptor final : public Interceptor {
public:
    static Result<std::unique_ptr<Interceptor>> make(Settings& settings, const ComponentServices& services) {
        const std::string header = settings.text("headerName");
        const std::string prefix = settings.text("prefix");
        const bool preserve = settings.flag("preserveExisting");
        MILLRACE_TRY(settings.status());
        return std::unique_ptr<Interceptor>(new UuidInterceptor(header, prefix, preserve, *services.random));
    }

    void intercept(EventRanges& events) override {
        mapEachEvent(events, [this](std::string_view, const HeaderSetPtr& set) -> HeaderSetPtr {
            if (preserve_ && set->find(header_)) return set;
            return std::make_shared<const HeaderSet>(set->with(header_, identifier()));
        });
    }

private:
    UuidInterceptor(std::string header, std::string prefix, bool preserve, Random& random)
        : header_(std::move(header)), prefix_(std::move(prefix)), preserve_(preserve), random_(random) {}

    std::string identifier() {
        const auto bytes = random_.uuid();
        std::string text = prefix_;
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
            fmt::format_to(std::back_inserter(text), "{:02x}", bytes[i]);
        }
        return text;
    }

    std::string header_, prefix_;
    bool preserve_;
    Random& random_;
};

} // namespace

MILLRACE_COMPONENT(UuidInterceptor, "org.apache.flume.sink.solr.morphline.UUIDInterceptor$Builder",
                   &UuidInterceptor::make)

} // namespace millrace::flume
