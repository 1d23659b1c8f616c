#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::topology {

/// What `${name}` stands for; none = not known.
using Lookup = std::function<std::optional<std::string>(const std::string& name)>;

/// Replaces `${name}` and `${name:-default}` as Flume does (Commons Text StringSubstitutor with substitution inside
/// names): nested, recursive in the values found, `$${x}` is the literal `${x}`, what is unknown stays as it is.
/// A name that leads back to itself stays as it is; with `cycle` the name is told.
std::string substitute(std::string_view text, const Lookup& lookup, std::string* cycle = nullptr);

/// The names within `${…}` of `text` that are looked up directly, without prefixes such as env:.
std::vector<std::string> referencedNames(std::string_view text);

using ValueMap = std::map<std::string, std::string, std::less<>>;

/// The values of a whole file with their `${…}` resolved. `key` ones are looked up in the file itself, in any order.
class FileValues {
public:
    /// `environment` and `systemProperties` may be null: then `${env:X}` and `${sys:X}` take their default or stay.
    FileValues(ValueMap raw, const ValueMap* environment, const ValueMap* systemProperties);
    std::string resolve(std::string_view value, std::string* cycle = nullptr) const;
    const ValueMap& raw() const { return raw_; }

private:
    std::optional<std::string> find(const std::string& name) const;
    ValueMap raw_;
    const ValueMap* environment_;
    const ValueMap* systemProperties_;
};

/// What env:, sys:, and a plain name give; the plain one is asked from `plain`, also when a prefix finds nothing.
std::optional<std::string> lookUpPrefixed(const std::string& name, const ValueMap* environment,
                                          const ValueMap* systemProperties, const Lookup& plain);

/// Resolves as Flume does: only names that Java's hash order has reached before are seen. Answers all values.
ValueMap resolveInHashOrder(const ValueMap& raw, const std::vector<std::string>& fileOrder, const ValueMap* environment,
                            const ValueMap* systemProperties);

} // namespace millrace::topology
