#include "flume/channels/jdbc/jdbc_channel.h"

#include "flume/channels/jdbc/jdbc_transaction.h"
#include "flume/registry.h"
#include "flume/support/home.h"

#include <string_view>

namespace millrace::flume {

namespace {

constexpr std::string_view kDerby = "jdbc:derby:", kSqlite = "jdbc:sqlite:";

/// The old long names stand for the short ones where those are not given.
class EitherName {
public:
    explicit EitherName(Settings& settings)
        : settings_(settings), long_(settings.group("org.apache.flume.channel.jdbc")) {}
    std::optional<std::string> operator()(const std::string& key) const {
        const auto found = long_.find(key);
        const bool old = found != long_.end() && !settings_.isSet(key);
        auto own = settings_.textIfSet(key);
        return old ? std::optional(found->second) : own;
    }

private:
    Settings& settings_;
    const std::map<std::string, std::string> long_;
};

/// What is said to a database over there, and means nothing to one that is here.
void readWhatHasNoEffect(Settings& settings) {
    for (const char* key :
         {"driver.class", "db.username", "db.password", "connection.properties.file", "transaction.isolation"})
        (void)settings.textIfSet(key);
    for (const char* key : {"create.index", "create.foreignkey"})
        (void)settings.flag(key);
    (void)settings.number("maximum.connections");
}

std::string defaultDirectory(Settings& settings) {
    const auto properties = settings.group("sysprop");
    const auto home = properties.find("user.home");
    return (home == properties.end() ? "~" : home->second) + "/.flume/jdbc-channel/db";
}

/// The path in the address of an embedded database; empty for any other address. Derby's is a directory, so that the
/// file stands beside it.
std::string fileOf(const std::string& url) {
    if (url.starts_with(kSqlite)) return url.substr(kSqlite.size());
    if (!url.starts_with(kDerby) || url.starts_with("jdbc:derby://")) return {};
    const std::string directory = url.substr(kDerby.size(), url.find(';') - kDerby.size());
    return directory.empty() ? std::string() : directory + ".sqlite";
}

Error refused(const Settings& settings, std::string_view property, const std::string& value) {
    return {ErrorCode::unsupported,
            fmt::format("{}: {} is \"{}\", but Millrace keeps this channel in an embedded database only: remove the "
                        "property, or write jdbc:sqlite:PATH, or let Apache Flume run it",
                        settings.who(), property, value),
            false};
}

} // namespace

Result<JdbcChannel::Options> JdbcChannel::readOptions(Settings& settings, const ComponentServices& services) {
    Options options;
    const EitherName either(settings);
    const auto url = either("driver.url");
    const std::string type = either("db.type").value_or("");
    const std::string derby = kDerby.data() + defaultDirectory(settings);
    const std::string file = fileOf(url.value_or(derby));
    if (url && file.empty())
        options.refusal = refused(settings, "driver.url", *url);
    else if (url && type != "DERBY") // without an address Flume takes Derby whatever stands there
        options.refusal = refused(settings, "db.type", type);
    options.file = services.resolve(withHome(file)).lexically_normal();
    options.create = settings.flag("create.schema");
    readWhatHasNoEffect(settings);
    options.capacity = static_cast<std::size_t>(settings.number("maximum.capacity"));
    MILLRACE_TRY(settings.status());
    return options;
}

Result<std::unique_ptr<Channel>> JdbcChannel::make(Settings& settings, const ComponentServices& services) {
    auto options = readOptions(settings, services);
    for (const std::string& warning : settings.warnings())
        services.log->warning(services.id, "{}", warning);
    if (!options) return options.error();
    return std::unique_ptr<Channel>(std::make_unique<JdbcChannel>(std::move(*options), services));
}

JdbcChannel::JdbcChannel(Options options, const ComponentServices& services)
    : services_(services), options_(std::move(options)), capacity_(options_.capacity) {}

std::shared_ptr<StoredEvents> JdbcChannel::stored() const {
    const std::lock_guard lock(mutex_);
    return stored_;
}

Status JdbcChannel::start() {
    if (options_.refusal) return *options_.refusal;
    if (stored()) return ok();
    auto table = EventTable::open(options_.file, options_.create);
    if (!table) return table.error();
    const std::size_t kept = (*table)->events();
    services_.log->info(services_.id, "{} event(s) in {}", kept, options_.file.string());
    {
        const std::lock_guard lock(mutex_);
        stored_ = std::make_shared<StoredEvents>(std::move(*table), takers_, services_);
    }
    takers_.wakeAll();
    return ok();
}

void JdbcChannel::stop() {
    std::shared_ptr<StoredEvents> open;
    {
        const std::lock_guard lock(mutex_);
        open.swap(stored_);
    }
    if (!open) return;
    open->close();
    keptEvents_.store(open->events());
}

std::unique_ptr<Transaction> JdbcChannel::newTransaction(WakeUp& waker) {
    return std::make_unique<JdbcTransaction>(*this, waker);
}

ChannelLevel JdbcChannel::level() const {
    const auto open = stored();
    ChannelLevel level;
    level.events = open ? open->events() : keptEvents_.load();
    level.capacity = capacity_.load();
    return level;
}

Status JdbcChannel::reconfigure(const catalog::ComponentConfig& config) {
    Settings settings(config);
    const auto options = readOptions(settings, services_);
    if (!options) return options.error();
    if (options->file != options_.file || options->refusal != options_.refusal)
        return Error{ErrorCode::unsupported, "another database takes a restart of the channel", false};
    capacity_.store(options->capacity);
    return ok();
}

MILLRACE_COMPONENT(JdbcChannel, "org.apache.flume.channel.jdbc.JdbcChannel", &JdbcChannel::make)

} // namespace millrace::flume
