<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Drawing</name>
    <message numerus="yes">
        <source>topic · %n partition(s)</source>
        <translation>
            <numerusform>topic · %n partition</numerusform>
            <numerusform>topic · %n partitions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FlowReport</name>
    <message numerus="yes">
        <source>Stopping: %n event(s) still on the way.</source>
        <translation>
            <numerusform>Stopping: %n event still on the way.</numerusform>
            <numerusform>Stopping: %n events still on the way.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) of this file do not run: see Problems.</source>
        <translation>
            <numerusform>%n component of this file does not run: see Problems.</numerusform>
            <numerusform>%n components of this file do not run: see Problems.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopped; %n event(s) were lost.</source>
        <translation>
            <numerusform>Stopped; %n event was lost.</numerusform>
            <numerusform>Stopped; %n events were lost.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ghosts</name>
    <message numerus="yes">
        <source>%n more topic(s)</source>
        <translation>
            <numerusform>%n more topic</numerusform>
            <numerusform>%n more topics</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more group(s)</source>
        <translation>
            <numerusform>%n more group</numerusform>
            <numerusform>%n more groups</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LiveFaces</name>
    <message numerus="yes">
        <source>topic · %n partition(s)</source>
        <translation>
            <numerusform>topic · %n partition</numerusform>
            <numerusform>topic · %n partitions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>millrace::canvas::CanvasCommands</name>
    <message numerus="yes">
        <source>Delete %n node(s)</source>
        <translation>
            <numerusform>Delete %n node</numerusform>
            <numerusform>Delete %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n node(s)</source>
        <translation>
            <numerusform>Move %n node</numerusform>
            <numerusform>Move %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n wire(s)</source>
        <translation>
            <numerusform>Delete %n wire</numerusform>
            <numerusform>Delete %n wires</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>millrace::canvas::PeekCard</name>
    <message numerus="yes">
        <source>%n event(s) shown</source>
        <translation>
            <numerusform>%n event shown</numerusform>
            <numerusform>%n events shown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>millrace::studio::DocumentOverview</name>
    <message numerus="yes">
        <source>%n component(s)</source>
        <translation>
            <numerusform>%n component</numerusform>
            <numerusform>%n components</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more in the list of problems</source>
        <translation>
            <numerusform>%n more in the list of problems</numerusform>
            <numerusform>%n more in the list of problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>millrace::studio::DrainingDialog</name>
    <message numerus="yes">
        <source>%n event(s) are still on the way and are being delivered.</source>
        <translation>
            <numerusform>%n event is still on the way and is being delivered.</numerusform>
            <numerusform>%n events are still on the way and are being delivered.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>millrace::studio::InspectorPanel</name>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>millrace::studio::LivePage</name>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n member</numerusform>
            <numerusform>%n members</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>millrace::studio::LogModel</name>
    <message numerus="yes">
        <source>%n line(s) were left out, because they came too fast.</source>
        <translation>
            <numerusform>%n line was left out, because it came too fast.</numerusform>
            <numerusform>%n lines were left out, because they came too fast.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>millrace::studio::MonitorPanel</name>
    <message numerus="yes">
        <source>%n h</source>
        <comment>window of time of the charts</comment>
        <translation>
            <numerusform>%n h</numerusform>
            <numerusform>%n h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show the last %n hour(s)</source>
        <translation>
            <numerusform>Show the last %n hour</numerusform>
            <numerusform>Show the last %n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <comment>window of time of the charts</comment>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show the last %n minute(s)</source>
        <translation>
            <numerusform>Show the last %n minute</numerusform>
            <numerusform>Show the last %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other(s), the longest</source>
        <comment>partitions, as one line of a chart</comment>
        <translation>
            <numerusform>%n other</numerusform>
            <numerusform>%n others, the longest</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other(s), together</source>
        <comment>components, as one line of a chart</comment>
        <translation>
            <numerusform>%n other</numerusform>
            <numerusform>%n others, together</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other(s), together</source>
        <comment>partitions, as one line of a chart</comment>
        <translation>
            <numerusform>%n other</numerusform>
            <numerusform>%n others, together</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>millrace::studio::PropertyForm</name>
    <message numerus="yes">
        <source>%n more, all at their defaults</source>
        <translation>
            <numerusform>%n more, at its default</numerusform>
            <numerusform>%n more, all at their defaults</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>millrace::studio::RunNotices</name>
    <message numerus="yes">
        <source>%1: %n event(s) lost</source>
        <translation>
            <numerusform>%1: %n event lost</numerusform>
            <numerusform>%1: %n events lost</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n event(s) kept on disk</source>
        <translation>
            <numerusform>%1: %n event kept on disk</numerusform>
            <numerusform>%1: %n events kept on disk</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>millrace::studio::TopBar</name>
    <message numerus="yes">
        <source>edited · %n problem(s), not applied</source>
        <translation>
            <numerusform>edited · %n problem, not applied</numerusform>
            <numerusform>edited · %n problems, not applied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>edited · %n problem(s)</source>
        <translation>
            <numerusform>edited · %n problem</numerusform>
            <numerusform>edited · %n problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
</context>
</TS>
