#include "document/document_store.h"

#include "document/document_checker.h"
#include "document/edit_step.h"
#include "words/messages.h"

#include <QFileInfo>

namespace millrace::studio {

DocumentStore::DocumentStore(QObject* parent) : DocumentStore(catalog::flumeCatalog(), parent) {}

DocumentStore::DocumentStore(const catalog::Catalog& catalog, QObject* parent)
    : QObject(parent), document_(topology::Document::empty(catalog)), checked_(document_) {
    connect(&undo_, &QUndoStack::cleanChanged, this, [this] { emit modifiedChanged(); });
}

// The stack tells that it is clean again while it dies; nobody may hear that from a half-destroyed store.
DocumentStore::~DocumentStore() {
    undo_.disconnect(this);
}

void DocumentStore::load(std::string text, const QString& path) {
    document_ = topology::Document::parse(std::move(text), document_.catalog());
    ++revision_;
    takeChecked(); // the problems of another document are of no use
    undo_.clear();
    path_ = path;
    const bool hadSelection = !selection_.isEmpty();
    selection_.clear();
    GraphDelta all;
    all.loaded = true;
    emit changed({}, all);
    emit pathChanged();
    emit modifiedChanged();
    if (hadSelection) emit selectionChanged();
}

bool DocumentStore::open(const QString& path, QString* error) {
    auto text = topology::readDocumentFile(path.toStdString());
    if (!text) {
        if (error) *error = messageOf(text.error());
        return false;
    }
    load(std::move(*text), QFileInfo(path).absoluteFilePath());
    return true;
}

bool DocumentStore::save(const QString& path, QString* error) {
    const Status written = topology::writeDocumentFile(path.toStdString(), document_.text());
    if (!written) {
        if (error) *error = messageOf(written.error());
        return false;
    }
    undo_.setClean();
    const QString absolute = QFileInfo(path).absoluteFilePath();
    if (absolute != path_) {
        path_ = absolute;
        emit pathChanged();
    }
    return true;
}

QString DocumentStore::displayName() const {
    return path_.isEmpty() ? tr("untitled") : QFileInfo(path_).fileName();
}

void DocumentStore::push(const topology::Edit& edit, const QString& label, int mergeId) {
    if (edit.empty()) return;
    auto play = [this](const topology::Edit& played, topology::Edit& inverse, bool first) {
        return replay(played, inverse, first ? Because::edited : Because::undone);
    };
    undo_.push(new EditStep(edit, label, mergeId, std::move(play), [this] { return document_; }));
}

bool DocumentStore::push(const Result<topology::Edit>& edit, const QString& label, int mergeId) {
    if (!edit) {
        emit refused(messageOf(edit.error()));
        return false;
    }
    push(*edit, label, mergeId);
    return true;
}

namespace {

/// What a gesture touched. Of a rename only what has the new name: the parts of an agent only get new ids with it.
QSet<QString> touchedBy(const GraphDelta& delta) {
    QSet<QString> agents, renamed, others;
    for (const GraphDelta::Renamed& one : delta.renamed) {
        const QString id = QString::fromStdString(one.to);
        renamed.insert(id);
        if (id.startsWith(QLatin1String("agent/"))) agents.insert(id);
    }
    if (!renamed.isEmpty()) return agents.isEmpty() ? renamed : agents;
    for (const auto* ids : {&delta.added, &delta.changed})
        for (const topology::NodeId& id : *ids)
            others.insert(QString::fromStdString(id));
    return others;
}

GraphDelta deltaOf(const topology::Graph& before, const topology::Graph& after, const topology::Edit& edit) {
    std::vector<GraphDelta::Renamed> renames;
    for (const topology::Rename& rename : edit.renames)
        renames.push_back({rename.from, rename.to});
    return difference(before, after, renames);
}

} // namespace

bool DocumentStore::replay(const topology::Edit& edit, topology::Edit& inverse, Because because) {
    auto applied = document_.apply(edit);
    if (!applied) {
        emit refused(messageOf(applied.error()));
        return false;
    }
    const topology::Document before = document_;
    document_ = std::move(applied->document);
    ++revision_;
    inverse = std::move(applied->inverse);
    const QSet<QString> old = selection_;
    keepSelection(edit);
    const GraphDelta delta = deltaOf(before.graph(), document_.graph(), edit);
    startChecking();
    if (because == Because::undone)
        if (const QSet<QString> touched = touchedBy(delta); !touched.isEmpty()) selection_ = touched;
    emit changed(edit, delta);
    if (selection_ != old) emit selectionChanged();
    return true;
}

void DocumentStore::takeChecked() {
    document_.diagnostics();
    checked_ = document_;
    checkedRevision_ = revision_;
}

void DocumentStore::startChecking() {
    if (document_.text().size() <= kCheckedAtOnce) {
        takeChecked();
        return;
    }
    if (!checker_) {
        checker_ = new DocumentChecker(this);
        connect(checker_, &DocumentChecker::checked, this, [this](const topology::Document& document) {
            if (!document.isSameAs(document_)) return; // there is a newer one
            finishChecking();
        });
    }
    checker_->check(document_);
}

void DocumentStore::finishChecking() {
    if (isChecked()) return;
    takeChecked();
    emit checked();
}

void DocumentStore::keepSelection(const topology::Edit& edit) {
    for (const topology::Rename& rename : edit.renames)
        if (selection_.remove(QString::fromStdString(rename.from)))
            selection_.insert(QString::fromStdString(rename.to));
    selection_.removeIf([this](const QString& id) { return !graph().find(id.toStdString()); });
}

void DocumentStore::select(const QSet<QString>& nodes) {
    QSet<QString> wanted = nodes;
    wanted.removeIf([this](const QString& id) { return !graph().find(id.toStdString()); });
    if (wanted == selection_) return;
    selection_ = wanted;
    emit selectionChanged();
}

const topology::Node* DocumentStore::selectedNode() const {
    return selection_.size() == 1 ? graph().find(selection_.begin()->toStdString()) : nullptr;
}

void DocumentStore::reveal(const QString& node, const QString& property) {
    emit revealRequested(node, property);
}

} // namespace millrace::studio
