#pragma once

#include "flume/component.h"
#include "flume/interceptor.h"
#include "flume/settings.h"

#include <functional>
#include <map>
#include <memory>
#include <string_view>

namespace millrace::flume {

using SourceFactory = Result<std::unique_ptr<Source>> (*)(Settings&, const ComponentContext&);
using SinkFactory = Result<std::unique_ptr<Sink>> (*)(Settings&, const ComponentContext&);
using ChannelFactory = Result<std::unique_ptr<Channel>> (*)(Settings&, const ComponentContext&);
using InterceptorFactory = Result<std::unique_ptr<Interceptor>> (*)(Settings&, const ComponentContext&);

/// What this version can run: class name → factory, for the kinds that have objects of their own. Selectors and
/// processors are few and built inside the agent; `implements` answers for them too. A factory reads exactly the keys
/// its declaration has.
class Registry {
public:
    void add(std::string_view className, SourceFactory factory) { sources_[className] = factory; }
    void add(std::string_view className, SinkFactory factory) { sinks_[className] = factory; }
    void add(std::string_view className, ChannelFactory factory) { channels_[className] = factory; }
    void add(std::string_view className, InterceptorFactory factory) { interceptors_[className] = factory; }
    void addBuiltIn(std::string_view className) { builtIn_[className] = true; } ///< selectors, processors, serializers

    SourceFactory source(const catalog::ComponentSpec& spec) const; ///< null: foreign
    SinkFactory sink(const catalog::ComponentSpec& spec) const;
    ChannelFactory channel(const catalog::ComponentSpec& spec) const;
    InterceptorFactory interceptor(const catalog::ComponentSpec& spec) const;
    bool implements(const catalog::ComponentSpec& spec) const;

private:
    std::map<std::string_view, SourceFactory> sources_;
    std::map<std::string_view, SinkFactory> sinks_;
    std::map<std::string_view, ChannelFactory> channels_;
    std::map<std::string_view, InterceptorFactory> interceptors_;
    std::map<std::string_view, bool> builtIn_;
};

/// Everything that Millrace implements, registered by plain calls one can read in one place (registry.cpp).
const Registry& builtinRegistry();

} // namespace millrace::flume
