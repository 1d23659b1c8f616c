#include "broker/access/access_store.h"

namespace millrace::broker {

AccessEntry AccessEntry::of(const Acl& acl, Kind kind) {
    return {kind,
            static_cast<std::int8_t>(acl.resource),
            static_cast<std::int8_t>(acl.pattern),
            acl.name,
            acl.principal,
            acl.host,
            static_cast<std::int8_t>(acl.operation),
            acl.allow};
}

std::optional<Acl> AccessEntry::acl() const {
    const auto known = aclResource(resource);
    const auto operationKnown = aclOperation(operation);
    const auto patternKnown = aclPattern(pattern);
    if ((kind != added && kind != removed) || !known || !operationKnown || !patternKnown) return std::nullopt;
    return Acl{*known, *patternKnown, name, principal, host, *operationKnown, allow};
}

AccessStore::AccessStore(Executor& loop, Executor& slow, Log& log)
    : kept_("ACLs", loop, slow, log, [this](const AccessEntry& entry) {
          if (entry.kind == AccessEntry::added)
              rules_.add(*entry.acl());
          else
              rules_.remove(*entry.acl());
      }) {}

/// An entry that is not understood may be one that denies.
Status AccessStore::open(FileSystem& disk, const std::filesystem::path& directory) {
    constexpr std::string_view kLost = "all ACLs are gone: nobody but super.users may do anything until they are made "
                                       "again";
    MILLRACE_TRY(kept_.open(disk, directory / "access.journal", kLost,
                            [](const AccessEntry& entry) { return entry.acl().has_value(); }));
    if (kept_.entries() <= 100 + 2 * rules_.all().size()) return ok();
    std::vector<AccessEntry> live;
    for (const Acl& acl : rules_.all())
        live.push_back(AccessEntry::of(acl, AccessEntry::added));
    return kept_.rewrite(live);
}

} // namespace millrace::broker
