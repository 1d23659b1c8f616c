#include "canvas/view/drawing_commands.h"

#include "canvas/view/canvas_view.h"
#include "commands/command_registry.h"
#include "document/document_store.h"

#include <QCoreApplication>
#include <QPointer>

namespace millrace::canvas {

namespace {

using commands::Category;
using commands::Command;
using commands::Scope;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Commands)
};

/// When a command of the drawing may be used.
class When {
public:
    When(CanvasView& view, std::function<bool()> open) : view_(&view), open_(std::move(open)) {}
    bool open() const { return view_ && open_(); }
    bool mayChange() const { return open() && !view_->store().readOnly(); }
    bool some() const { return open() && !view_->store().selection().isEmpty(); }
    const topology::Node* one() const { return open() ? view_->store().selectedNode() : nullptr; }
    bool wire() const { return open() && view_->target().strand >= 0; }
    bool tappable() const {
        return open() && view_->canvas().live().running() && !view_->tapOf(view_->target()).isEmpty();
    }
    bool groupable() const { return mayChange() && !view_->commands().groupableSinks().isEmpty(); }
    bool movable() const {
        return mayChange() && !view_->commands().otherAgents(view_->commands().selectedParts()).isEmpty();
    }
    bool adoptable() const {
        const Ghost* ghost = mayChange() ? view_->canvas().ghost(view_->target().id) : nullptr;
        return ghost && ghost->kind == Ghost::Kind::topic;
    }

private:
    QPointer<CanvasView> view_; // what dies with it may still ask
    std::function<bool()> open_;
};

/// Adds commands to one menu, group after group.
class Adder {
public:
    Adder(commands::CommandRegistry& registry, CanvasView& view, Category category, int firstGroup)
        : registry_(registry), view_(view), category_(category), group_(firstGroup) {}
    void group() { ++group_; }
    template <typename Slot>
    void add(const char* id, const char* text, QList<QKeySequence> keys, Scope scope, Slot slot,
             std::function<bool()> enabled, std::function<QString()> textNow = {}) {
        registry_.add({.id = QLatin1String(id),
                       .text = text,
                       .category = category_,
                       .group = group_,
                       .keys = std::move(keys),
                       .scope = scope,
                       .run = [view = &view_, slot](bool) { (view->*slot)(); },
                       .enabled = std::move(enabled),
                       .textNow = std::move(textNow)});
    }

private:
    commands::CommandRegistry& registry_;
    CanvasView& view_;
    Category category_;
    int group_;
};

bool canRename(const topology::Node* node) {
    return node && !node->implied && node->kind != topology::NodeKind::note;
}

QString removeText(const When& when) {
    if (when.wire()) return Texts::tr("D&elete wire");
    const topology::Node* node = when.one();
    return node && node->kind == topology::NodeKind::sinkGroup ? Texts::tr("Dissol&ve group") : Texts::tr("D&elete");
}

void addEditing(Adder to, const When& when) {
    const auto some = [when] { return when.some(); };
    const auto change = [when] { return when.mayChange() && when.some(); };
    to.add("cut", QT_TRANSLATE_NOOP("Commands", "Cu&t"), {QKeySequence::Cut}, Scope::drawing, &CanvasView::cut, change);
    to.add("copy", QT_TRANSLATE_NOOP("Commands", "&Copy"), {QKeySequence::Copy}, Scope::drawing, &CanvasView::copy,
           some);
    to.add("paste", QT_TRANSLATE_NOOP("Commands", "&Paste"), {QKeySequence::Paste}, Scope::drawing, &CanvasView::paste,
           [when] { return when.mayChange(); });
    to.add("duplicate", QT_TRANSLATE_NOOP("Commands", "&Duplicate"), {QKeySequence(Qt::CTRL | Qt::Key_D)},
           Scope::drawing, &CanvasView::duplicate, change);
    to.add(
        "remove", QT_TRANSLATE_NOOP("Commands", "D&elete"), {QKeySequence::Delete, QKeySequence(Qt::Key_Backspace)},
        Scope::drawing, &CanvasView::removeSelection,
        [when] { return when.mayChange() && (when.some() || when.wire()); }, [when] { return removeText(when); });
    to.add("rename", QT_TRANSLATE_NOOP("Commands", "Re&name"), {QKeySequence(Qt::Key_F2)}, Scope::drawing,
           &CanvasView::renameSelected, [when] { return when.mayChange() && canRename(when.one()); });
    to.group();
    to.add("selectAll", QT_TRANSLATE_NOOP("Commands", "Select &all"), {QKeySequence::SelectAll}, Scope::drawing,
           &CanvasView::selectAll, [when] { return when.open(); });
    to.add("selectBefore", QT_TRANSLATE_NOOP("Commands", "Select what leads &here"),
           {QKeySequence(Qt::Key_BracketLeft), QKeySequence(Qt::CTRL | Qt::Key_Left)}, Scope::paper,
           &CanvasView::selectBefore, some);
    to.add("selectAfter", QT_TRANSLATE_NOOP("Commands", "Select where this lea&ds"),
           {QKeySequence(Qt::Key_BracketRight), QKeySequence(Qt::CTRL | Qt::Key_Right)}, Scope::paper,
           &CanvasView::selectAfter, some);
}

void addZoom(Adder to, const When& when) {
    const auto open = [when] { return when.open(); };
    const auto add = [&](const char* id, const char* text, QList<QKeySequence> keys, void (CanvasView::*slot)()) {
        to.add(id, text, std::move(keys), Scope::window, slot, open);
    };
    add("zoomIn", QT_TRANSLATE_NOOP("Commands", "Zoom &in"),
        {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::Key_Plus), QKeySequence(Qt::Key_Equal)},
        &CanvasView::zoomIn);
    add("zoomOut", QT_TRANSLATE_NOOP("Commands", "Zoom &out"),
        {QKeySequence(Qt::CTRL | Qt::Key_Minus), QKeySequence(Qt::Key_Minus)}, &CanvasView::zoomOut);
    add("zoomActual", QT_TRANSLATE_NOOP("Commands", "&Actual size"),
        {QKeySequence(Qt::CTRL | Qt::Key_1), QKeySequence(Qt::Key_1)}, &CanvasView::zoomActual);
    add("zoomFit", QT_TRANSLATE_NOOP("Commands", "Show &everything"),
        {QKeySequence(Qt::CTRL | Qt::Key_0), QKeySequence(Qt::Key_F), QKeySequence(Qt::Key_Home)},
        &CanvasView::zoomFit);
}

void addNode(Adder to, const When& when) {
    const auto change = [when] { return when.mayChange(); };
    to.add("add", QT_TRANSLATE_NOOP("Commands", "&Add…"), {QKeySequence(Qt::Key_Tab)}, Scope::paper,
           &CanvasView::addNode, change);
    to.add("wire", QT_TRANSLATE_NOOP("Commands", "Draw a &wire"), {QKeySequence(Qt::Key_W)}, Scope::paper,
           &CanvasView::wireSelected, [when] { return when.mayChange() && when.one(); });
    to.add("moveToAgent", QT_TRANSLATE_NOOP("Commands", "&Move to another agent"), {QKeySequence(Qt::Key_A)},
           Scope::paper, &CanvasView::moveSelectedToAgent, [when] { return when.movable(); });
    to.add("adopt", QT_TRANSLATE_NOOP("Commands", "Adopt into the &file"), {}, Scope::paper, &CanvasView::adoptTarget,
           [when] { return when.adoptable(); });
    to.group();
    to.add("properties", QT_TRANSLATE_NOOP("Commands", "&Properties"), {QKeySequence(Qt::Key_Return)}, Scope::paper,
           &CanvasView::revealSelected, [when] { return when.one() != nullptr; });
    to.add("peek", QT_TRANSLATE_NOOP("Commands", "Pee&k at events"), {QKeySequence(Qt::Key_P)}, Scope::paper,
           &CanvasView::peekAtTarget, [when] { return when.tappable(); });
    to.group();
    to.add("groupFailover", QT_TRANSLATE_NOOP("Commands", "Group for &fail-over"), {QKeySequence(Qt::CTRL | Qt::Key_G)},
           Scope::paper, &CanvasView::groupForFailover, [when] { return when.groupable(); });
    to.add("groupBalance", QT_TRANSLATE_NOOP("Commands", "Group for load &balancing"), {}, Scope::paper,
           &CanvasView::groupForBalance, [when] { return when.groupable(); });
}

} // namespace

void addDrawingCommands(commands::CommandRegistry& registry, CanvasView& view, const std::function<bool()>& open) {
    const When when(view, open);
    addEditing({registry, view, Category::edit, 1}, when); // behind undo and redo
    addZoom({registry, view, Category::view, 0}, when);
    addNode({registry, view, Category::node, 0}, when);
    registry.hear(Scope::drawing, &view);
    registry.hear(Scope::paper, &view);
    QObject::connect(&view, &CanvasView::targetChanged, &registry, &commands::CommandRegistry::refresh);
    view.setRegistry(&registry);
}

} // namespace millrace::canvas
