#include "look/theme.h"

namespace millrace::look {

namespace {

Colours lightTable() {
    Colours c;
    c.window = "#F3F5F8";
    c.panel = "#FFFFFF";
    c.raised = "#FFFFFF";
    c.line = "#DDE2E9";
    c.canvas = "#FAFBFD";
    c.dot = "#D3D9E2";
    c.text = "#1A2230";
    c.second = "#5A6576";
    c.faint = "#98A2B1";
    c.accent = "#2563EB";
    c.accentSoft = "#E4EDFF";
    c.node = "#FFFFFF";
    c.nodeLine = "#C3CBD6";
    c.frame = "#EEF2F7";
    c.frameLine = "#CBD3DE";
    c.field = "#FFFFFF";
    c.source = "#0F766E";
    c.channel = "#1D4ED8";
    c.sink = "#7C3AED";
    c.topic = "#B45309";
    c.traffic = "#475569";
    c.sourceSoft = "#D9F2EE";
    c.channelSoft = "#DEE8FD";
    c.sinkSoft = "#ECE3FD";
    c.topicSoft = "#FBEBD3";
    c.trafficSoft = "#E6EAF0";
    c.ok = "#009E73";
    c.wait = "#C77700";
    c.fail = "#D55E00";
    c.off = "#7A8494";
    c.wire = "#808B9C";
    c.hot = "#E69F00";
    c.pill = "#FFFFFF";
    c.shadow = QColor(0x1A, 0x22, 0x30, 0x14);
    c.accentText = "#1D4ED8";
    c.okText = "#00725A";
    c.waitText = "#8A5200";
    c.failText = "#A84A00";
    c.onAccent = "#FFFFFF";
    c.hotEdge = "#8A5200";
    c.series = {"#B0558B", "#9A7200", "#5A6576", "#2E86C1", "#D55E00", "#00886A", "#0072B2"};
    return c;
}

Colours darkTable() {
    Colours c;
    c.window = "#14171C";
    c.panel = "#1B1F26";
    c.raised = "#232832";
    c.line = "#2E3540";
    c.canvas = "#16191F";
    c.dot = "#2A303A";
    c.text = "#E8EBF0";
    c.second = "#9DA8B7";
    c.faint = "#687485";
    c.accent = "#7AA8FF";
    c.accentSoft = "#22324F";
    c.node = "#222730";
    c.nodeLine = "#404957";
    c.frame = "#1B2028";
    c.frameLine = "#343C48";
    c.field = "#161A20";
    c.source = "#5EDACB";
    c.channel = "#8FB4FF";
    c.sink = "#C5A4FF";
    c.topic = "#F4B860";
    c.traffic = "#AEB9C8";
    c.sourceSoft = "#17383A";
    c.channelSoft = "#1E2E4F";
    c.sinkSoft = "#33274F";
    c.topicSoft = "#41301A";
    c.trafficSoft = "#2B323D";
    c.ok = "#1FC295";
    c.wait = "#F0A92E";
    c.fail = "#FF7A3D";
    c.off = "#7F8A9A";
    c.wire = "#6B7788";
    c.hot = "#F0A92E";
    c.pill = "#232832";
    c.shadow = QColor(0, 0, 0, 0x40);
    c.accentText = "#7AA8FF";
    c.okText = "#1FC295";
    c.waitText = "#F0A92E";
    c.failText = "#FF8A55";
    c.onAccent = "#10141A";
    c.hotEdge = "#F0A92E";
    c.series = {"#E29AC4", "#F0E442", "#9DA8B7", "#56B4E9", "#FF7A3D", "#1FC295", "#7AA8FF"};
    return c;
}

} // namespace

const Colours& coloursOf(ThemeKind kind) {
    static const Colours light = lightTable();
    static const Colours dark = darkTable();
    return kind == ThemeKind::dark ? dark : light;
}

const Colours& colours() {
    return Theme::instance().colours();
}

} // namespace millrace::look
