#include "shell/recovery.h"

#include "document/document_store.h"
#include "shell/document_files.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QSaveFile>
#include <QUuid>

#include <algorithm>
#include <chrono>
#include <future>
#include <optional>
#include <utility>

namespace millrace::studio {

namespace {

using namespace std::chrono_literals;
constexpr auto kSoon = 250ms; ///< after an edit that follows a pause: what is typed in one go is one copy
constexpr auto kPace = 3s;
constexpr qint64 kLargest = 64 * 1024 * 1024; ///< bytes; larger files are not ours

QString lockOf(const QString& file) {
    return file + QStringLiteral(".lock");
}

std::optional<Recovered> readCopy(const QString& path) {
    QFile file(path);
    if (file.size() > kLargest || !file.open(QIODevice::ReadOnly)) return {};
    const QJsonObject held = QJsonDocument::fromJson(file.readAll()).object();
    const QDateTime changed = QDateTime::fromString(held[u"changed"].toString(), Qt::ISODate);
    if (!changed.isValid() || !held[u"text"].isString()) return {};
    // The bytes of the document need not be text.
    const QByteArray text = QByteArray::fromBase64(held[u"text"].toString().toLatin1());
    return Recovered{path, held[u"path"].toString(), held[u"title"].toString(), changed.toLocalTime(),
                     text.toStdString(), held[u"runFolder"].toString()};
}

void write(const QString& path, QJsonObject held, const std::string& text) {
    held[QStringLiteral("text")] = QString::fromLatin1(QByteArray::fromStdString(text).toBase64());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return; // a full disk must not keep anybody from working
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    file.write(QJsonDocument(held).toJson());
    file.commit();
}

} // namespace

QString changedText(const Recovered& recovered) {
    const bool today = recovered.changed.date() == QDate::currentDate();
    const QString when = today ? QLocale().toString(recovered.changed.time(), QLocale::ShortFormat)
                               : QLocale().toString(recovered.changed, QLocale::ShortFormat);
    //: %1 is the name of an unsaved document, %2 a time of day, or day and time
    return RecoveryCopy::tr("%1, changed %2").arg(recovered.title, when);
}

RecoveryCopy::RecoveryCopy(DocumentStore& store, DocumentFiles& files, QString folder, QObject* parent)
    : QObject(parent), store_(store), files_(files), folder_(std::move(folder)) {
    pace_.setSingleShot(true);
    connect(&pace_, &QTimer::timeout, this, [this] {
        // A disk that is slower than the pace gets the next copy when it has this one.
        if (writing_ > 0) pace_.start(kSoon);
        else keep();
    });
    connect(&store, &DocumentStore::changed, this, &RecoveryCopy::documentChanged);
    connect(&store, &DocumentStore::modifiedChanged, this, &RecoveryCopy::documentChanged);
    connect(&files, &DocumentFiles::openChanged, this, &RecoveryCopy::documentChanged);
}

RecoveryCopy::~RecoveryCopy() = default;

bool RecoveryCopy::worthKeeping() const {
    return !folder_.isEmpty() && files_.isOpen() && store_.isModified();
}

void RecoveryCopy::documentChanged() {
    if (left_) return;
    if (!worthKeeping())
        discard();
    else if (!pace_.isActive())
        pace_.start(kept_.isValid() && !kept_.hasExpired(std::chrono::milliseconds(kPace).count()) ? kPace : kSoon);
}

void RecoveryCopy::keepNow() {
    keep();
    std::promise<void> reached;
    writer_.post([&reached] { reached.set_value(); });
    reached.get_future().wait();
}

void RecoveryCopy::keep() {
    pace_.stop();
    if (left_ || !worthKeeping() || !QDir().mkpath(folder_)) return;
    if (file_.isEmpty()) {
        file_ = QDir(folder_).filePath(QUuid::createUuid().toString(QUuid::WithoutBraces) + QStringLiteral(".json"));
        lock_ = std::make_shared<QLockFile>(lockOf(file_));
        lock_->setStaleLockTime(0); // only the end of its owner frees it
        lock_->tryLock();
    }
    const QJsonObject about{{QStringLiteral("path"), store_.path()},
                            {QStringLiteral("title"), files_.title()},
                            {QStringLiteral("runFolder"), files_.untitledRunFolder()},
                            {QStringLiteral("changed"), QDateTime::currentDateTimeUtc().toString(Qt::ISODate)}};
    kept_.start();
    ++writing_;
    writer_.post([this, file = file_, about, text = store_.document().text()] {
        write(file, about, text);
        --writing_;
    });
}

void RecoveryCopy::leaveForNextStart() {
    keepNow();
    left_ = true;
}

void RecoveryCopy::discard() {
    pace_.stop();
    if (left_ || file_.isEmpty()) return;
    // After what is being written, and free for others only when it is gone.
    writer_.post([file = file_, lock = std::move(lock_)] { QFile::remove(file); });
    file_.clear();
}

QList<Recovered> RecoveryCopy::leftovers() const {
    QList<Recovered> found;
    if (folder_.isEmpty()) return found;
    for (const QFileInfo& info : QDir(folder_).entryInfoList({QStringLiteral("*.json")}, QDir::Files)) {
        if (info.absoluteFilePath() == QFileInfo(file_).absoluteFilePath()) continue;
        QLockFile lock(lockOf(info.absoluteFilePath()));
        lock.setStaleLockTime(0);
        if (!lock.tryLock()) continue; // another studio works on it
        if (auto copy = readCopy(info.absoluteFilePath())) found.append(std::move(*copy));
    }
    std::sort(found.begin(), found.end(),
              [](const Recovered& a, const Recovered& b) { return a.changed > b.changed; });
    return found;
}

} // namespace millrace::studio
