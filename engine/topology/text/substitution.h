#pragma once

#include "base/clock.h"

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

/// The names within `${…}` of `text`, with their prefixes.
std::vector<std::string> referencedNames(std::string_view text);

using ValueMap = std::map<std::string, std::string, std::less<>>;

/// What stands behind the prefixes of `${prefix:name}`.
struct Surroundings {
    ValueMap environment;      ///< env:
    ValueMap systemProperties; ///< sys:, Java's -D
    std::optional<EpochMs> now;    ///< date:
};

/// What `name` gives: the prefixes env:, sys: and date:, in any letter case, from `around`; a name without a prefix,
/// and the rest of one whose prefix finds nothing, is asked from `plain`, and then from the environment where the
/// system property propertiesImplementation says so, as Flume 1.9 and older did.
std::optional<std::string> lookUp(const std::string& name, const Surroundings& around, const Lookup& plain);

/// `name` begins with a prefix whose values only a Java machine knows (sys:, java:).
bool isKnownToJavaOnly(std::string_view name);

/// The values of a whole file with their `${…}` resolved. `key` ones are looked up in the file itself, in any order.
class FileValues {
public:
    /// `around` may be null: then prefixed names take their default or stay.
    FileValues(ValueMap raw, const Surroundings* around);
    std::string resolve(std::string_view value, std::string* cycle = nullptr) const;
    std::optional<std::string> find(const std::string& name) const;
    const ValueMap& raw() const { return raw_; }

private:
    ValueMap raw_;
    const Surroundings* around_;
};

/// Resolves as Flume does: only names that Java's hash order has reached before are seen. Answers all values.
ValueMap resolveInHashOrder(const ValueMap& raw, const std::vector<std::string>& fileOrder, const Surroundings& around);

} // namespace millrace::topology
