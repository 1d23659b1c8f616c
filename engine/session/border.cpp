#include "session/border.h"

#include "session/issues.h"
#include "session/sentences.h"

#include <algorithm>

namespace millrace::session {

Result<std::int64_t> commonProtocol(const Hello& ours, const Hello& theirs) {
    const std::int64_t newest = std::min(ours.protocolMax, theirs.protocolMax);
    if (newest >= std::max(ours.protocolMin, theirs.protocolMin)) return newest;
    return sessionError("no-common-protocol", {ours.program, theirs.program}, ErrorCode::unsupported);
}

Answer verbUnknown(const RequestMessage& message) {
    Answer answer;
    answer.request = message.id;
    answer.verb = message.verb;
    answer.issues.push_back(issueOf(sessionError("verb-unknown", {message.verb}, ErrorCode::unsupported), {}));
    return answer;
}

} // namespace millrace::session
