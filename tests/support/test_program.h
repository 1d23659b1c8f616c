#pragma once

#include <QObject>
#include <QtTest>

#include <functional>
#include <memory>

/// Qt gives up after five seconds, which a machine that is busy with something else may need. What hangs is ended by ctest.
#undef QTRY_VERIFY
#define QTRY_VERIFY(condition) QTRY_VERIFY_WITH_TIMEOUT((condition), 120'000)
#undef QTRY_VERIFY2
#define QTRY_VERIFY2(condition, message) QTRY_VERIFY2_WITH_TIMEOUT((condition), message, 120'000)
#undef QTRY_COMPARE
#define QTRY_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT((actual), expected, 120'000)

/// One program holds the tests of a folder. Each file ends with
///
///     MILLRACE_TEST(NameOfItsClass)
///     #include "tst_this.moc"
///
/// and is run by `build/dev/tests/FOLDER tst_this [function…]`; without a name the program lists what it holds.
namespace millrace::tests {

struct TestFile {
    TestFile(const char* file, std::function<std::unique_ptr<QObject>()> make);
};

} // namespace millrace::tests

#define MILLRACE_TEST(Class)                                                                                           \
    static const millrace::tests::TestFile registered##Class(__FILE__, [] { return std::make_unique<Class>(); });
