#pragma once

#include "shell/document_files.h"

#include <QObject>

namespace millrace::studio {

class NoticeBar;

/// Says why an edit was refused, and what became of the document's file outside. All must outlive it.
class DocumentNotices : public QObject {
    Q_OBJECT
public:
    DocumentNotices(DocumentStore& store, DocumentFiles& files, NoticeBar& notice, QObject* parent);

private:
    void tellDisk(DocumentFiles::OnDisk now);

    DocumentFiles& files_;
    NoticeBar& notice_;
};

} // namespace millrace::studio
