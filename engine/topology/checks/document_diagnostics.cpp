#include "base/environment.h"
#include "topology/checks/run_plan.h"
#include "topology/document/document_impl.h"

#include <algorithm>

// The document's own members, here because they need the checks, and the checks need the document.
namespace millrace::topology {

const std::vector<Diagnostic>& Document::diagnostics() const {
    std::call_once(impl_->diagnosticsOnce, [this] {
        PlanOptions options;
        ProcessView process = lookAtProcess();
        options.around = {std::move(process.variables), {}, process.epochMs};
        impl_->diagnostics = plan(*this, options).diagnostics;
    });
    return impl_->diagnostics;
}

bool Document::hasErrors() const {
    return std::any_of(diagnostics().begin(), diagnostics().end(),
                       [](const Diagnostic& d) { return d.severity == Severity::error; });
}

} // namespace millrace::topology
