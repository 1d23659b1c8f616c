#include "support/test_program.h"

#ifdef QT_WIDGETS_LIB
#include <QApplication>
using Application = QApplication;
#else
#include <QCoreApplication>
using Application = QCoreApplication;
#endif
#include <QFileInfo>
#include <QtTest>

#include <cstdio>
#include <map>

namespace {

using Make = std::function<std::unique_ptr<QObject>()>;

std::map<QString, Make>& files() {
    static std::map<QString, Make> all;
    return all;
}

} // namespace

millrace::tests::TestFile::TestFile(const char* file, Make make) {
    files()[QFileInfo(QString::fromUtf8(file)).baseName()] = std::move(make);
}

int main(int argc, char** argv) {
    const auto found = argc > 1 ? files().find(QString::fromLocal8Bit(argv[1])) : files().end();
    if (found == files().end()) {
        std::fprintf(stderr, "Which test file? One of:\n");
        for (const auto& [name, make] : files()) std::fprintf(stderr, "  %s\n", qPrintable(name));
        return 2;
    }
    argv[1] = argv[0];
    Application application(--argc, ++argv);
    Application::setAttribute(Qt::AA_Use96Dpi, true);
    QTEST_SET_MAIN_SOURCE_PATH
    return QTest::qExec(found->second().get(), argc, argv);
}
