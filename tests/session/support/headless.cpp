#include "session/support/headless.h"

#include "net/address.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <csignal>

namespace {
constexpr int kPatienceMs = 60'000; // a hang, not a measure of speed
}

Headless::Headless() {
    process_.setWorkingDirectory(directory_.path());
    process_.setProgram(QStringLiteral(MILLRACE_BINARY_DIR "/bin/millraced"));
}

Headless::~Headless() {
    if (process_.state() == QProcess::NotRunning) return;
    process_.kill();
    process_.waitForFinished(kPatienceMs);
}

QString Headless::takeExample(const QString& name) {
    QFile from(QStringLiteral(MILLRACE_SOURCE_DIR "/resources/examples/") + name + ".conf");
    if (!from.open(QIODevice::ReadOnly)) qFatal("no example %s", qPrintable(name));
    QString text = QString::fromUtf8(from.readAll());
    static const QRegularExpression port("\\b(9092|4[14]\\d{3})\\b");
    QString replaced;
    qsizetype at = 0;
    for (auto match = port.globalMatch(text); match.hasNext();) {
        const auto found = match.next();
        const int old = found.captured().toInt();
        if (ports_.find(old) == ports_.end()) ports_[old] = millrace::net::freePort().value_or(0);
        replaced += text.mid(at, found.capturedStart() - at) + QString::number(ports_[old]);
        at = found.capturedEnd();
    }
    replaced += text.mid(at);
    const QString copy = path(name + ".conf");
    QFile to(copy);
    if (!to.open(QIODevice::WriteOnly)) qFatal("cannot write %s", qPrintable(copy));
    to.write(replaced.toUtf8());
    return copy;
}

void Headless::start(const QStringList& arguments) {
    errors_.clear();
    output_.clear();
    process_.setArguments(arguments);
    process_.start();
    if (!process_.waitForStarted(kPatienceMs)) qFatal("millraced does not start: %s", qPrintable(process_.errorString()));
}

bool Headless::waitForError(const QString& text) {
    return QTest::qWaitFor([&] { return errors().contains(text) || process_.state() == QProcess::NotRunning; }, kPatienceMs) &&
           errors().contains(text);
}

int Headless::terminate() {
    signal(SIGTERM);
    return waitForEnd();
}

void Headless::signal(int number) {
    ::kill(static_cast<pid_t>(process_.processId()), number);
}

void Headless::kill() {
    signal(SIGKILL);
    process_.waitForFinished(kPatienceMs);
}

int Headless::waitForEnd() {
    if (process_.state() != QProcess::NotRunning && !process_.waitForFinished(kPatienceMs)) return -1;
    return process_.exitStatus() == QProcess::NormalExit ? process_.exitCode() : -2;
}

QString Headless::errors() {
    errors_ += QString::fromUtf8(process_.readAllStandardError());
    return errors_;
}

QString Headless::output() {
    output_ += QString::fromUtf8(process_.readAllStandardOutput());
    return output_;
}

std::map<qint64, int> sequenceNumbersIn(const QString& directory) {
    static const QRegularExpression number("seq\"?[=:] ?(\\d+)");
    std::map<qint64, int> numbers;
    QDirIterator files(directory, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly)) continue;
        const QString text = QString::fromUtf8(file.readAll());
        for (auto match = number.globalMatch(text); match.hasNext();) ++numbers[match.next().captured(1).toLongLong()];
    }
    return numbers;
}

std::size_t unbroken(const std::map<qint64, int>& numbers) {
    std::size_t count = 0;
    for (const auto& [number, times] : numbers) {
        if (number != numbers.begin()->first + static_cast<qint64>(count)) break;
        ++count;
    }
    return count;
}

QString firstGap(const std::map<qint64, int>& numbers) {
    if (numbers.empty()) return "nothing arrived";
    qint64 expected = numbers.begin()->first;
    for (const auto& [number, times] : numbers) {
        if (number != expected) return QString("%1 is missing, next is %2").arg(expected).arg(number);
        ++expected;
    }
    return {};
}
