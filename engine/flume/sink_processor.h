#pragma once

#include "catalog/component_spec.h"
#include "flume/component.h"
#include "flume/settings.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace millrace::flume {

/// A sink as its processor sees it: its transaction stands behind.
class GroupSink {
public:
    virtual ~GroupSink() = default;
    virtual const std::string& name() const = 0;
    /// An error is Flume's exception: this sink failed and another may be tried.
    virtual Result<Cycle> cycle() = 0;
};

/// Decides which sink of a group works next (org.apache.flume.SinkProcessor). Runner thread only.
class SinkProcessor {
public:
    virtual ~SinkProcessor() = default;
    /// Asks each sink once at most.
    virtual Result<Cycle> process() = 0;
};

/// What a processor is made of; the sinks outlive it.
struct ProcessorParts {
    std::vector<GroupSink*> sinks; ///< in the order of the file; at least one
    /// The runner wants to do something else, so no further sink may be tried; may be empty.
    std::function<bool()> interrupted;
};

/// By `processor.type`; `properties` and `services` are the group's. Errors: unknown type, too few sinks, a bad number.
Result<std::unique_ptr<SinkProcessor>> makeSinkProcessor(const catalog::Properties& properties,
                                                         const ComponentServices& services,
                                                         const ProcessorParts& parts);
/// For a sink without a group.
std::unique_ptr<SinkProcessor> makeSingleProcessor(GroupSink& sink);

} // namespace millrace::flume
