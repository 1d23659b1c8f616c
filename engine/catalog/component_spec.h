#pragma once

#include "catalog/property_spec.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::catalog {

/// The kinds of components that Flume 1.11 knows, then what a document has beyond Flume in its `#@` lines: these are
/// declared in catalog/millrace/ and are not part of flumeCatalog().
enum class ComponentKind {
    source,
    channel,
    sink,
    interceptor,
    channelSelector,
    sinkProcessor,
    eventSerializer,
    deserializer,
    httpHandler,
    configFilter,
    pathManager,
    keyProvider,
    cipherProvider,
    monitor,
    rpcClient,
    cluster,
    topic,
    host,
    agent,
    traffic,
    note,
};
/// "source", "channelSelector" …: as in JSON and in generated pages.
const char* toString(ComponentKind kind);

/// A network end of a component: which properties hold its host and port. Empty key = there is none.
struct Endpoint {
    std::string_view hostKey{};
    std::string_view portKey{};  ///< may hold a list (multiport_syslogtcp's `ports`)
    std::string_view protocol{}; ///< "avro-ipc", "thrift-framed", "tcp-lines", "syslog-tcp", "udp", "http", …
};

/// How a component uses Kafka: the keys under which its servers, topics and group stand.
struct KafkaUse {
    bool consumes = false;
    bool produces = false;
    std::string_view serversKey{};
    std::string_view topicKey{};  ///< one topic (sink, channel)
    std::string_view topicsKey{}; ///< comma-separated topics (source)
    std::string_view topicsRegexKey{};
    std::string_view groupKey{};
};

/// A smaller component that a property of another one picks: a serializer, a deserializer, a handler. Interceptors and
/// channel selectors are no parts: they have names and channels, which the document knows.
struct ComponentPart {
    ComponentKind kind{};
    std::string_view key{};    ///< the property that holds its type: "sink.serializer"
    std::string_view prefix{}; ///< what stands before its own properties: "sink.serializer."
    /// Made inside configure() of its owner, so that what it throws removes the owner. False: made when the owner
    /// starts or writes, which then fails again and again.
    bool madeByConfigure = false;
    bool checkedByOwner = false; ///< its properties are declared and checked as the owner's
};

/// The values of one component as a check sees them: keys without the component's prefix, as Flume hands them to
/// configure(). Defaults are not filled in.
using Properties = std::map<std::string, std::string, std::less<>>;

/// What a check found: the property (relative key; empty = the component) and the sentence.
struct Finding {
    enum class Effect {
        componentRemoved, ///< Flume's configure() throws: the component goes, the rest starts
        agentFails,       ///< Flume loses the whole agent or file
        warning,          ///< runs, but hardly as meant
        information,
    };
    Effect effect = Effect::warning;
    std::string property;
    std::string code;                   ///< stable, kebab-case: "missing-required", "not-a-number"
    std::vector<std::string> arguments; ///< %1, %2 … of the message, so that the studio can translate it
    std::string message;                ///< English, complete
    std::string suggestion;             ///< value that would mend it; empty when there is none
};

/// One component of Flume, declared once. Everything has static storage: views and spans never dangle.
struct ComponentSpec {
    ComponentKind kind{};
    std::string_view alias{}; ///< "TAILDIR"; empty when Flume knows it by class only. Compared without case.
    std::string_view
        className{}; ///< as a file names it: "org.apache.flume.source.ExecSource", "…HostInterceptor$Builder"
    std::string_view title{};    ///< short name on the canvas and in the palette: "kafka", "TAILDIR", "file_roll"
    std::string_view summary{};  ///< one sentence
    std::string_view artifact{}; ///< Maven coordinates without version
    /// False for what 1.11 cannot load: removed, only documented, or Millrace's own. It aborts the start of its agent.
    bool loadable = true;
    std::string_view status{}; ///< one clause for people when something is special ("experimental"), else empty
    std::span<const PropertySpec> properties{};
    std::span<const ComponentPart> parts{};
    std::string_view batchProperty{}; ///< the key Flume compares with transactionCapacity; empty = reports none
    std::string_view batchDefault{};  ///< default of that key, "100"
    std::string_view transactionCapacityProperty{}; ///< channels only
    bool pollable = false;                          ///< sources: Flume's PollableSourceRunner calls it
    Endpoint listens{};
    Endpoint connects{};
    KafkaUse kafka{};
    std::span<const std::string_view> counters{};   ///< as in /metrics, in Flume's order; empty = not shown there
    std::span<const std::string_view> headersOut{}; ///< headers it sets
    /// What makes Flume's configure() throw beyond required / type / range / choices of the single properties, and what
    /// is worth a warning. Null when there is nothing.
    void (*check)(const Properties& properties, std::vector<Finding>& findings) = nullptr;

    /// The declaration of `key` (relative), also through patterns: `filegroups.log` finds `filegroups.<group>`,
    /// `kafka.consumer.anything` finds `kafka.consumer.*`. Null when unknown. Exact names win over patterns.
    const PropertySpec* property(std::string_view key) const;
};

/// The set of declarations that a document is checked against. Immutable; any thread.
class Catalog {
public:
    explicit Catalog(std::vector<const ComponentSpec*> components) : components_(std::move(components)) {}
    std::span<const ComponentSpec* const> components() const { return components_; }
    /// Resolves a `type` value as Flume's validation does: an alias in any letter case, or the class name (in any case
    /// here; see `exactClass`). Null: not in Flume 1.11, so Flume takes it for a class of the user's.
    const ComponentSpec* find(ComponentKind kind, std::string_view type) const;
    /// False when `type` is a class name whose letter case is wrong: Flume validates it and then cannot load it.
    static bool exactClass(const ComponentSpec& spec, std::string_view type);
    std::vector<const ComponentSpec*> ofKind(ComponentKind kind) const;
    /// The declared name nearest to `word`, for "did you mean": what has more or less in front of a dot, else an edit
    /// distance of at most a third of its length, of a class at most 3; else empty.
    static std::string nearest(std::string_view word, const std::vector<std::string_view>& names);

private:
    std::vector<const ComponentSpec*> components_;
};

/// Every summary, status and help text of flumeCatalog() and of catalog/millrace/, each once, for translators.
std::vector<std::string_view> helpTexts();

/// All components of Apache Flume 1.11 and our own, by kind and title. Built on first use.
const Catalog& flumeCatalog();

/// Checks single properties against their declaration (required, type, range, choices, unknown names with the nearest
/// one), runs the component's own check and does the same for its parts. A value that holds a `${sys:…}` is not judged.
/// `type`, `channels` and `channel` are left to Flume's validation of the whole agent, as are
/// interceptors and selectors: check these with their own declaration and properties.
std::vector<Finding> checkProperties(const ComponentSpec& spec, const Properties& properties);

} // namespace millrace::catalog
