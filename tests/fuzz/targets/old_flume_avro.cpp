// The body of a request of Flume 0.9's Avro: it has an event or none, and is answered, or it is an error.
#include "fuzz/checking_sink.h"
#include "fuzz/fuzz_target.h"

#include "base/assertion.h"
#include "rpc/old_flume_avro.h"

MILLRACE_FUZZ_TARGET(old_flume_avro) {
    using namespace millrace;
    rpc::OldFlumeAvro avro;
    fuzz::CheckingSink sink;
    const auto call = avro.read({reinterpret_cast<const char*>(data.data()), data.size()}, sink);
    if (!call) return;
    MILLRACE_ASSERT(sink.events == (call->hasEvent ? 1u : 0u), "{} events came", sink.events);
    MILLRACE_ASSERT(call->ok.size() >= 8 && call->refused.empty() != call->hasEvent, "it cannot be answered");
}
