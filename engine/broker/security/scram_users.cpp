#include "broker/security/scram_users.h"

#include "base/sentences.h"

namespace millrace::broker {

ScramUsers::ScramUsers(TopicJournal& journal, Executor& loop, Executor& slow, Log& log)
    : journal_(journal), loop_(loop), slow_(slow), log_(log) {
    for (const auto& [user, entry] : journal_.scramUsers())
        if (auto credentials = credentialsOf(entry, log_); !credentials.empty()) users_[user] = std::move(credentials);
}

const ScramCredentials* ScramUsers::find(const std::string& user) const {
    const auto it = users_.find(user);
    return it == users_.end() ? nullptr : &it->second;
}

ScramCredential ScramUsers::toProve(const std::string& user, ScramMechanism mechanism, bool& known) const {
    // Made up in any case: who is known is not to be answered sooner.
    const tls::Hash hash = hashOf(mechanism);
    if (secret_.empty()) secret_ = tls::secretBytes(32);
    const auto key = tls::hmac(hash, secret_, tls::viewOf(user));
    const ScramCredential madeUp{scramSalt(key), ScramCredential::kFewestIterations, key, key};
    const ScramCredentials* credentials = find(user);
    const auto it = credentials ? credentials->find(mechanism) : ScramCredentials::const_iterator();
    known = credentials && it != credentials->end();
    return known ? it->second : madeUp;
}

TopicEntry ScramUsers::entryOf(const std::string& user, const ScramCredentials& credentials) {
    ConfigMap texts;
    for (const auto& [mechanism, credential] : credentials)
        texts.emplace(toString(mechanism), credential.text());
    return TopicEntry::ofConfigs(TopicEntry::scramUser, user, texts);
}

ScramCredentials ScramUsers::credentialsOf(const TopicEntry& entry, Log& log) {
    ScramCredentials credentials;
    for (const TopicEntry::Config& config : entry.configs) {
        const auto mechanism = scramMechanism(config.name);
        auto credential = mechanism ? ScramCredential::fromText(*mechanism, config.value) : std::nullopt;
        if (credential)
            credentials.emplace(*mechanism, std::move(*credential));
        else
            log.warning("", "the {:?} credential of user {:?} cannot be read and is left out", shortened(config.name),
                        shortened(entry.name));
    }
    return credentials;
}

void ScramUsers::change(Plan plan, Done done) {
    jobs_.push_back({std::move(plan), std::move(done)});
    if (jobs_.size() == 1) run();
}

void ScramUsers::run() {
    while (!jobs_.empty()) {
        const auto alterations = jobs_.front().plan();
        if (!alterations.empty()) return write(alterations);
        finish(ok());
    }
}

void ScramUsers::write(const std::vector<Alteration>& alterations) {
    std::map<std::string, ScramCredentials> changed;
    for (const Alteration& alteration : alterations) {
        const ScramCredentials* before = find(alteration.user);
        auto& credentials = changed.try_emplace(alteration.user, before ? *before : ScramCredentials()).first->second;
        if (alteration.credential)
            credentials.insert_or_assign(alteration.mechanism, *alteration.credential);
        else
            credentials.erase(alteration.mechanism);
    }
    slow_.post([this, changed = std::move(changed)]() mutable {
        std::vector<TopicEntry> entries;
        for (const auto& [user, credentials] : changed)
            entries.push_back(entryOf(user, credentials));
        loop_.post([this, changed = std::move(changed), written = journal_.append(entries)]() mutable {
            if (!written) log_.error("", "SCRAM credentials cannot be kept: {}", written.error().message);
            for (auto& [user, credentials] : changed) {
                if (!written) break;
                if (credentials.empty())
                    users_.erase(user);
                else
                    users_[user] = std::move(credentials);
            }
            finish(written);
            run();
        });
    });
}

/// The job stays in front until it was told, as in Topics.
void ScramUsers::finish(const Status& status) {
    jobs_.front().done(status);
    jobs_.pop_front();
}

} // namespace millrace::broker
