#pragma once

#include "flume/registry.h"
#include "java/java_regex.h"
#include "java/joda_time.h"

#include <map>
#include <optional>

namespace millrace::flume {

/// Copies the groups of the first find in the body into headers
/// (org.apache.flume.interceptor.RegexExtractorInterceptor). A group that took no part adds no header: Flume stores a
/// null there, which later breaks Avro. Nor does a text that is no time: Flume throws, and its source fails again and
/// again.
class RegexExtractorInterceptor final : public Interceptor {
public:
    /// Where a group goes.
    struct Target {
        std::string header;
        std::optional<java::JodaTime> time; ///< the text is one, and the header gets its milliseconds
    };
    static Result<std::unique_ptr<Interceptor>> make(Settings& settings, const ComponentServices& services);
    /// `targets`: for the groups 1, 2, …; at most as many as there are groups.
    RegexExtractorInterceptor(java::JavaRegex regex, std::vector<Target> targets, const ComponentServices& services)
        : regex_(std::move(regex)), targets_(std::move(targets)), log_(*services.log), id_(services.id) {}
    void intercept(EventRanges& events) override;

private:
    static Result<Target> readTarget(const std::string& serializer, const std::map<std::string, std::string>& details,
                                     EpochMs now);
    void store(const Target& target, std::string_view found, HeaderSet& headers);
    HeaderSetPtr extract(std::string_view body, const HeaderSetPtr& before);
    java::JavaRegex regex_;
    std::vector<Target> targets_;
    Log& log_;
    std::string id_;
    bool toldOfTime_ = false;
};

} // namespace millrace::flume
