#pragma once

#include <QObject>
#include <QString>

namespace millrace::studio {

class DocumentFiles;
class NoticeBar;
class RecoveryCopy;
class StartPage;

/// What an earlier studio left unsaved: offered on the start page and above an open document, taken back or thrown
/// away. All must outlive it.
class Leftovers : public QObject {
    Q_OBJECT
public:
    Leftovers(RecoveryCopy& recovery, DocumentFiles& files, StartPage& start, NoticeBar& notice, QObject* parent);
    void offer();

private:
    void recover(const QString& file);
    void discard(const QString& file);

    RecoveryCopy& recovery_;
    DocumentFiles& files_;
    StartPage& start_;
    NoticeBar& notice_;
};

} // namespace millrace::studio
