#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace millrace::flume {

class SqliteStatement;

/// A database file of SQLite that this process has for itself, with a write-ahead log whose commits are on stable
/// storage (D1). One thread at a time.
class Sqlite {
public:
    /// Errors name the file: corrupt when it is none of SQLite's, alreadyExists when another process has it open,
    /// notFound when it is not there and is not to be made.
    static Result<std::unique_ptr<Sqlite>> open(const std::filesystem::path& path, bool create);
    ~Sqlite();
    Sqlite(const Sqlite&) = delete;
    Sqlite& operator=(const Sqlite&) = delete;

    Status run(const char* statement);
    Result<SqliteStatement> prepare(const char* statement);
    /// What the last call was refused for; `noSpace` for a full disk.
    Error lastError() const;
    bool inTransaction() const;

private:
    Sqlite(std::filesystem::path path, sqlite3* handle) : path_(std::move(path)), handle_(handle) {}
    const std::filesystem::path path_;
    sqlite3* const handle_;
};

/// A prepared statement. Belongs to its database and goes before it.
class SqliteStatement {
public:
    SqliteStatement(Sqlite& database, sqlite3_stmt* handle) : database_(&database), handle_(handle) {}

    void bind(int parameter, std::int64_t value);
    /// The bytes stay where they are until step() has returned.
    void bind(int parameter, std::string_view bytes);
    /// True for a row, false for the end, after which the statement can be used again.
    Result<bool> step();
    Status run(); ///< a statement without rows
    std::int64_t integer(int column) const;
    std::string_view bytes(int column) const; ///< valid until the next step()
    void reset();

private:
    struct Finalize {
        void operator()(sqlite3_stmt* handle) const;
    };
    Sqlite* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

} // namespace millrace::flume
