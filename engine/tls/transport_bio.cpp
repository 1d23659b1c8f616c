#include "tls/transport_bio.h"

namespace millrace::tls {
namespace {

using net::Progress;

/// 1 when bytes were moved, else 0 with the reason in the flags.
int told(BIO* bio, Below& below, const Result<Progress>& progress, std::size_t* bytes) {
    BIO_clear_retry_flags(bio);
    if (!progress) return below.failed = progress.error(), 0;
    switch (progress->state) {
    case Progress::State::done:
        *bytes = progress->bytes;
        return 1;
    case Progress::State::wantsRead:
        BIO_set_retry_read(bio);
        return 0;
    case Progress::State::wantsWrite:
        BIO_set_retry_write(bio);
        return 0;
    case Progress::State::ended:
        BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
        return 0;
    }
    return 0;
}

int write(BIO* bio, const char* data, std::size_t size, std::size_t* bytes) {
    auto& below = *static_cast<Below*>(BIO_get_data(bio));
    const iovec piece{const_cast<char*>(data), size};
    return told(bio, below, below.transport->write({&piece, 1}), bytes);
}

int read(BIO* bio, char* data, std::size_t size, std::size_t* bytes) {
    auto& below = *static_cast<Below*>(BIO_get_data(bio));
    const iovec piece{data, size};
    return told(bio, below, below.transport->read({&piece, 1}), bytes);
}

long control(BIO* bio, int command, long, void*) {
    if (command == BIO_CTRL_EOF) return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0;
    return command == BIO_CTRL_FLUSH;
}

BIO_METHOD* makeMethod() {
    BIO_METHOD* method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "millrace transport");
    BIO_meth_set_write_ex(method, &write);
    BIO_meth_set_read_ex(method, &read);
    BIO_meth_set_ctrl(method, &control);
    return method;
}

} // namespace

BIO* makeTransportBio(Below& below) {
    static const Owned<BIO_METHOD, BIO_meth_free> method(makeMethod());
    BIO* bio = BIO_new(method.get());
    BIO_set_data(bio, &below);
    BIO_set_init(bio, 1);
    return bio;
}

} // namespace millrace::tls
