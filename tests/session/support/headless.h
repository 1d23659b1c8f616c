#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <map>

/// Drives `millraced` as a user does, on ports of its own, in a directory that goes away.
class Headless {
public:
    Headless();
    ~Headless(); ///< kills what still runs

    /// Copies an example into the directory with every fixed port replaced by a free one. Returns the copy's path.
    QString takeExample(const QString& name);
    /// The free port that stands for `port` of the example.
    int portFor(int port) const { return ports_.at(port); }

    QString directory() const { return directory_.path(); }
    QString path(const QString& relative) const { return directory_.filePath(relative); }

    void start(const QStringList& arguments);
    /// Until `text` stands in stderr.
    bool waitForError(const QString& text);
    /// SIGTERM, then waits for the end; returns the exit code.
    int terminate();
    void signal(int number);
    void kill(); ///< SIGKILL
    int waitForEnd();
    QString errors();
    QString output();
    QProcess& process() { return process_; }

private:
    QTemporaryDir directory_;
    QProcess process_;
    QString errors_, output_;
    std::map<int, int> ports_;
};

/// The sequence numbers (`seq=7`, `"seq":7`) in all files below a directory, with how often each occurs.
std::map<qint64, int> sequenceNumbersIn(const QString& directory);
/// "" when the numbers run from the smallest to the largest without a gap, else a sentence that names the first gap.
QString firstGap(const std::map<qint64, int>& numbers);
/// How many there are before the first gap.
std::size_t unbroken(const std::map<qint64, int>& numbers);
