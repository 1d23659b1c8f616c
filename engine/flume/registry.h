#pragma once

#include "flume/component.h"
#include "flume/deserializer.h"
#include "flume/http_handler.h"
#include "flume/interceptor.h"
#include "flume/key_provider.h"
#include "flume/path_manager.h"
#include "flume/sink_processor.h"
#include "flume/selector.h"
#include "flume/event_serializer.h"
#include "flume/settings.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace millrace::flume {

/// Makes a component from its settings, of which it reads exactly the keys that its declaration has.
template <typename Product, typename... More>
using Factory = Result<Product> (*)(Settings&, const ComponentServices&, More...);

using SourceFactory = Factory<std::unique_ptr<Source>>;
using SinkFactory = Factory<std::unique_ptr<Sink>>;
using ChannelFactory = Factory<std::unique_ptr<Channel>>;
using InterceptorFactory = Factory<std::unique_ptr<Interceptor>>;
using SelectorFactory = Factory<std::unique_ptr<Selector>, const std::vector<std::string>&>; ///< the channels' names
using ProcessorFactory = Factory<std::unique_ptr<SinkProcessor>, const ProcessorParts&>;
using SerializerFactory = Factory<MakeSerializer>;
using PathManagerFactory = Factory<MakePathManager>;
using DeserializerFactory = Factory<MakeDeserializer>;
using HttpHandlerFactory = Factory<std::unique_ptr<HttpEventHandler>>;
using KeyProviderFactory = Factory<ReadKeys>;

/// What this version can run: class name → factory, in one form for every kind.
class Registry {
public:
    using AnyFactory = std::variant<SourceFactory, SinkFactory, ChannelFactory, InterceptorFactory, SelectorFactory,
                                    ProcessorFactory, SerializerFactory, PathManagerFactory, DeserializerFactory,
                                    HttpHandlerFactory, KeyProviderFactory>;
    /// One that is there already is replaced.
    void add(std::string_view className, AnyFactory factory) { factories_.insert_or_assign(className, factory); }
    bool implements(const catalog::ComponentSpec& spec) const { return factories_.count(spec.className) > 0; }
    /// Null: foreign, or of another kind than `F` makes.
    template <typename F>
    F find(const catalog::ComponentSpec& spec) const {
        const auto found = factories_.find(spec.className);
        const F* factory = found == factories_.end() ? nullptr : std::get_if<F>(&found->second);
        return factory ? *factory : nullptr;
    }

private:
    std::map<std::string_view, AnyFactory> factories_;
};

/// Everything that Millrace implements.
const Registry& builtinRegistry();

} // namespace millrace::flume

/// Registers a component: stands once in the file that implements it. The build collects these lines into the table of
/// builtinRegistry() (cmake/flume_components.cmake), so that nothing else has to name it. `name` is unique in flume/.
#define MILLRACE_COMPONENT(name, className, factory)                                                                   \
    void register##name(Registry& registry) {                                                                          \
        registry.add(className, factory);                                                                              \
    }
