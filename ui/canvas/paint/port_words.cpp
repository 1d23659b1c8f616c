#include "canvas/paint/port_words.h"

#include <QCoreApplication>

namespace millrace::canvas {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Ports)
};

} // namespace

QString portWords(Shape shape, bool out) {
    switch (shape) {
    case Shape::source:
        return out ? Texts::tr("Out: events for channels") : Texts::tr("In: events from outside");
    case Shape::channel:
        return out ? Texts::tr("Out: events for sinks") : Texts::tr("In: events of sources");
    case Shape::sink:
        return out ? Texts::tr("Out: to the next agent or a topic") : Texts::tr("In: events of one channel");
    case Shape::topic:
        return out ? Texts::tr("Out: records for consumer groups") : Texts::tr("In: records of producers");
    case Shape::traffic:
        return out ? Texts::tr("Out: made-up events") : QString();
    case Shape::cluster:
    case Shape::note:
    case Shape::ghostTopic:
    case Shape::ghostGroup: break;
    }
    return {};
}

} // namespace millrace::canvas
