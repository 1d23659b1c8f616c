#include "flume/channels/jdbc/sqlite.h"

#include <sqlite3.h>

namespace millrace::flume {

namespace {

ErrorCode codeOf(int problem) {
    switch (problem & 0xff) {
    case SQLITE_FULL:
        return ErrorCode::noSpace;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorCode::alreadyExists;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ErrorCode::corrupt;
    case SQLITE_CANTOPEN:
        return ErrorCode::notFound;
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
        return ErrorCode::denied;
    case SQLITE_TOOBIG:
        return ErrorCode::outOfRange;
    default:
        return ErrorCode::io;
    }
}

std::string advice(ErrorCode code) {
    if (code == ErrorCode::alreadyExists)
        return ": another agent has it open; give each channel a driver.url of its own";
    if (code == ErrorCode::corrupt) return ": it is damaged or no database; move it away and start again";
    if (code == ErrorCode::noSpace) return ": make room, the channel goes on by itself";
    return {};
}

} // namespace

Result<std::unique_ptr<Sqlite>> Sqlite::open(const std::filesystem::path& path, bool create) {
    sqlite3* handle = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
    const int opened = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
    std::unique_ptr<Sqlite> database(new Sqlite(path, handle));
    if (opened != SQLITE_OK) return database->lastError();
    // The lock of the file is held from here on, which also saves the shared memory that others would need.
    MILLRACE_TRY(database->run("PRAGMA locking_mode = EXCLUSIVE"));
    MILLRACE_TRY(database->run("PRAGMA journal_mode = WAL"));
    MILLRACE_TRY(database->run("PRAGMA synchronous = FULL"));
    MILLRACE_TRY(database->run("BEGIN IMMEDIATE"));
    MILLRACE_TRY(database->run("COMMIT"));
    return database;
}

Sqlite::~Sqlite() {
    sqlite3_close(handle_);
}

Status Sqlite::run(const char* statement) {
    return sqlite3_exec(handle_, statement, nullptr, nullptr, nullptr) == SQLITE_OK ? ok() : Status(lastError());
}

Result<SqliteStatement> Sqlite::prepare(const char* statement) {
    sqlite3_stmt* handle = nullptr;
    if (sqlite3_prepare_v3(handle_, statement, -1, SQLITE_PREPARE_PERSISTENT, &handle, nullptr) != SQLITE_OK)
        return lastError();
    return SqliteStatement(*this, handle);
}

Error Sqlite::lastError() const {
    const ErrorCode code = codeOf(sqlite3_errcode(handle_));
    return {code, path_.string() + ": " + sqlite3_errmsg(handle_) + advice(code), true};
}

bool Sqlite::inTransaction() const {
    return sqlite3_get_autocommit(handle_) == 0;
}

void SqliteStatement::Finalize::operator()(sqlite3_stmt* handle) const {
    sqlite3_finalize(handle);
}

void SqliteStatement::bind(int parameter, std::int64_t value) {
    sqlite3_bind_int64(handle_.get(), parameter, value);
}

void SqliteStatement::bind(int parameter, std::string_view bytes) {
    sqlite3_bind_blob64(handle_.get(), parameter, bytes.data(), bytes.size(), SQLITE_STATIC);
}

Result<bool> SqliteStatement::step() {
    const int stepped = sqlite3_step(handle_.get());
    if (stepped == SQLITE_ROW) return true;
    std::optional<Error> refused;
    if (stepped != SQLITE_DONE) refused = database_->lastError();
    reset();
    if (refused) return *refused;
    return false;
}

Status SqliteStatement::run() {
    const auto stepped = step();
    return stepped ? ok() : Status(stepped.error());
}

std::int64_t SqliteStatement::integer(int column) const {
    return sqlite3_column_int64(handle_.get(), column);
}

std::string_view SqliteStatement::bytes(int column) const {
    const void* data = sqlite3_column_blob(handle_.get(), column);
    return {static_cast<const char*>(data), static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

void SqliteStatement::reset() {
    sqlite3_reset(handle_.get());
}

} // namespace millrace::flume
