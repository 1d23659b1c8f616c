#pragma once

#include <QObject>

#include <functional>
#include <memory>

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
