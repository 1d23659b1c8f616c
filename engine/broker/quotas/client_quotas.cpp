#include "broker/quotas/client_quotas.h"

#include "tls/password_hash.h"

#include <algorithm>
#include <limits>

namespace millrace::broker {

namespace {

QuotaEntity entityOf(const QuotaEntry& entry) {
    QuotaEntity entity;
    for (const auto& [kind, name] : entry.entity)
        entity.emplace(kind, name);
    return entity;
}

/// One that a client has made long only counts memory: its hash tells it as well from others.
std::string shortId(std::string id) {
    constexpr std::size_t kLong = 256;
    if (id.size() <= kLong) return id;
    const auto hash = tls::hashOf(tls::Hash::sha256, tls::viewOf(id));
    return {hash.begin(), hash.end()};
}

} // namespace

ClientQuotas::ClientQuotas(Clock& clock, Executor& loop, Executor& slow, Log& log)
    : clock_(clock), kept_("quotas", loop, slow, log, [this](const QuotaEntry& entry) {
          if (entry.removed)
              limits_.remove(entityOf(entry), entry.key);
          else
              limits_.set(entityOf(entry), entry.key, entry.value.value());
      }) {}

Status ClientQuotas::open(FileSystem& disk, const std::filesystem::path& directory) {
    const auto known = [](const QuotaEntry& entry) {
        return (entry.key == kProducerRate || entry.key == kConsumerRate) &&
               (entry.removed || entry.value.value() >= 1);
    };
    MILLRACE_TRY(kept_.open(disk, directory / "quotas.journal", "all quotas are gone: nobody is slowed down", known));
    if (kept_.entries() <= 100 + 4 * limits_.all().size()) return ok();
    std::vector<QuotaEntry> live;
    for (const auto& [entity, values] : limits_.all()) {
        for (const auto& [key, value] : values) {
            auto& entry = live.emplace_back(QuotaEntry{{}, key, wire::Float64::of(value), false});
            for (const auto& [kind, name] : entity)
                entry.entity.push_back({kind, name});
        }
    }
    return kept_.rewrite(live);
}

std::optional<QuotaTable::Limit> ClientQuotas::limitFor(const Call& call, Quota quota) const {
    if (quota == Quota::request || limits_.all().empty()) return std::nullopt;
    const std::string& principal = call.connection->principal;
    return limits_.limitFor(principal.substr(principal.find(':') + 1), call.clientId,
                            quota == Quota::produce ? kProducerRate : kConsumerRate);
}

std::chrono::milliseconds ClientQuotas::charge(const Call& call, Quota quota, std::size_t bytes) {
    auto limit = limitFor(call, quota);
    if (!limit) return std::chrono::milliseconds(0);
    const MonotonicTime now = clock_.now();
    ByteRate& rate = rateOf({quota, std::move(limit->user), shortId(std::move(limit->clientId))}, now);
    const bool first = rate.idle(now);
    rate.record(static_cast<double>(bytes), now);
    const auto delay = rate.delay(limit->bytesPerSecond, now);
    if (delay.count() == 0 || quota != Quota::fetch) return delay;
    // One batch may be more than the limit allows in all of the window: it would never be sent.
    if (first) return std::chrono::milliseconds(0);
    rate.record(-static_cast<double>(bytes), now);
    return delay;
}

std::size_t ClientQuotas::largestFetch(const Call& call) const {
    const auto limit = limitFor(call, Quota::fetch);
    if (!limit) return std::numeric_limits<std::size_t>::max();
    return static_cast<std::size_t>(std::min(limit->bytesPerSecond * (ByteRate::kSamples - 1), 1e12));
}

/// Clients may make up names without end: those that are silent are forgotten, and beyond a number all share one.
ByteRate& ClientQuotas::rateOf(Key key, MonotonicTime now) {
    constexpr std::size_t kSweepAbove = 1000, kMost = 100'000;
    if (rates_.size() > kSweepAbove && now - swept_ >= ByteRate::kSample) {
        swept_ = now;
        std::erase_if(rates_, [now](const auto& rate) { return rate.second.idle(now); });
    }
    if (rates_.size() >= kMost && !rates_.contains(key)) key = {std::get<Quota>(key), {}, {}};
    return rates_[std::move(key)];
}

} // namespace millrace::broker
