#include "topology/layout.h"
namespace millrace::topology {
std::map<NodeId, Position> layout(const Graph&) { return {}; }
std::map<NodeId, Position> layoutAll(const Graph&) { return {}; }
}
