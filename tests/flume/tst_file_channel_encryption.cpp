// The file channel with a key: what it keeps cannot be read without it, and nothing is lost by it.
#include "flume/support/file_channel_bench.h"
#include "support/test_program.h"

#include <QDir>
#include <QFile>
#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

QString dataFile(const char* name) {
    return QStringLiteral(MILLRACE_SOURCE_DIR "/tests/tls/data/") + name;
}

/// The properties of an encrypted channel; the password lies in a file that lives as long as the test program.
ChannelProperties encrypted(const char* active = "k128", const char* keys = "k128",
                            const char* store = "secret-keys.jceks", const char* password = "storepass") {
    static QTemporaryDir directory;
    const auto file = [&](const QString& name, const char* text) {
        QFile out(directory.filePath(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(text) < 0) qFatal("cannot write the password");
        return out.fileName().toStdString();
    };
    return {{"encryption.keyProvider", "JCEKSFILE"},
            {"encryption.cipherProvider", "AESCTRNOPADDING"},
            {"encryption.activeKey", active},
            {"encryption.keyProvider.keys", keys},
            {"encryption.keyProvider.keyStoreFile", dataFile(store).toStdString()},
            {"encryption.keyProvider.keyStorePasswordFile", file(password, (std::string(password) + "\n").c_str())},
            {"encryption.keyProvider.keys.k256.passwordFile", file("own", "ownpass")}};
}

EventBatchPtr secret(std::size_t first, std::size_t count) {
    EventBatchBuilder builder;
    builder.setHeaders(makeHeaders({{"patient", "needle"}}));
    for (std::size_t i = 0; i < count; ++i)
        builder.add("needle " + std::to_string(first + i));
    return builder.finish();
}

std::vector<std::string> secrets(std::size_t first, std::size_t count) {
    return bodiesOf(EventRanges{{secret(first, count), 0, static_cast<std::uint32_t>(count)}});
}

/// Whether anything that the channel keeps has the word in clear.
bool showsNeedle(const FileChannelBench& bench) {
    for (const char* directory : {"data", "checkpoint"})
        for (const QString& name : bench.entries(directory))
            if (bench.read(directory + ("/" + name.toStdString())).find("needle") != std::string::npos) return true;
    return false;
}

} // namespace

class FileChannelEncryptionTest : public QObject {
    Q_OBJECT
private slots:
    void eventsComeBackAndAreNowhereInClear();
    void eventsSurviveAKillAndARestart();
    void moreThanTheMemoryHoldsIsReadFromTheDisk();
    void withoutTheKeyNothingStartsAndNothingChanges_data();
    void withoutTheKeyNothingStartsAndNothingChanges();
    void theKeyCanChange();
    void whatCameBeforeThereWasAKeyIsRead();
    void eachStartBeginsAFileOfItsOwn();
    void aDamagedBeginningIsReadFromItsCopy();
    void aFileWhoseMakingWasInterruptedIsRemoved();
    void aFileThatDoesNotSayItsKeyAnyMoreIsNotGivenUp();
    void wrongSettingsAreRefused_data();
    void wrongSettingsAreRefused();
};

void FileChannelEncryptionTest::eventsComeBackAndAreNowhereInClear() {
    FileChannelBench bench(encrypted());
    bench.start();
    QVERIFY(bench.put(secret(0, 20)));
    QVERIFY(!showsNeedle(bench));
    QCOMPARE(bench.take(5), secrets(0, 5));
    bench.restart();
    QVERIFY(!showsNeedle(bench));
    QCOMPARE(bench.take(100), secrets(5, 15));
}

void FileChannelEncryptionTest::eventsSurviveAKillAndARestart() {
    FileChannelBench bench(encrypted("k256", "k256"));
    bench.start();
    for (std::size_t i = 0; i < 10; ++i) {
        QVERIFY(bench.put(secret(i * 10, 10)));
        bench.dieAndStart();
    }
    QCOMPARE(bench.take(1000), secrets(0, 100));
}

void FileChannelEncryptionTest::moreThanTheMemoryHoldsIsReadFromTheDisk() {
    FileChannelBench bench(encrypted());
    bench.start();
    EventBatchBuilder builder;
    const std::string large(std::size_t(3) << 20, 'x');
    for (int i = 0; i < 3; ++i)
        builder.add(large + std::to_string(i));
    QVERIFY(bench.put(builder.finish()));
    bench.restart();
    const auto bodies = bench.take(3);
    for (std::size_t i = 0; i < 3; ++i)
        QVERIFY(bodies[i] == large + std::to_string(i));
}

void FileChannelEncryptionTest::withoutTheKeyNothingStartsAndNothingChanges_data() {
    QTest::addColumn<int>("then");
    QTest::addColumn<QString>("says");
    QTest::newRow("no encryption at all") << 0 << "it is encrypted: give the channel its encryption properties back";
    QTest::newRow("another key only") << 1 << "is encrypted with the key \"k128\"";
    QTest::newRow("another key under the same name") << 2 << "is encrypted with another key than the one";
}
void FileChannelEncryptionTest::withoutTheKeyNothingStartsAndNothingChanges() {
    QFETCH(int, then);
    QFETCH(QString, says);
    FileChannelBench bench(encrypted());
    bench.start();
    QVERIFY(bench.put(secret(0, 5)));
    bench.stop();
    const ChannelProperties others[] = {{}, encrypted("k256", "k256"), encrypted("k128", "k128", "other-secret-keys.jceks")};
    bench.setProperties(others[then]);
    const Status refused = bench.tryStart();
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.find(says.toStdString()) != std::string::npos, refused.error().message.c_str());
    bench.setProperties(encrypted());
    bench.start();
    QCOMPARE(bench.take(100), secrets(0, 5));
}

void FileChannelEncryptionTest::theKeyCanChange() {
    FileChannelBench bench(encrypted());
    bench.start();
    QVERIFY(bench.put(secret(0, 5)));
    bench.stop();
    bench.setProperties(encrypted("k256", "k128 k256"));
    bench.start();
    QVERIFY(bench.put(secret(5, 5)));
    QVERIFY(!showsNeedle(bench));
    bench.restart();
    QCOMPARE(bench.take(100), secrets(0, 10));
}

void FileChannelEncryptionTest::whatCameBeforeThereWasAKeyIsRead() {
    FileChannelBench bench;
    bench.start();
    QVERIFY(bench.put(secret(0, 5)));
    QVERIFY(showsNeedle(bench));
    bench.stop();
    bench.setProperties(encrypted());
    bench.start();
    QVERIFY(bench.put(secret(5, 5)));
    bench.restart();
    QCOMPARE(bench.take(100), secrets(0, 10));
    const std::string last = bench.logFiles().last().toStdString();
    QVERIFY(bench.read(last).find("needle") == std::string::npos);
}

/// A place that is written twice under one key and nonce would give both texts away.
void FileChannelEncryptionTest::eachStartBeginsAFileOfItsOwn() {
    FileChannelBench bench(encrypted());
    bench.start();
    QVERIFY(bench.put(secret(0, 5)));
    const QString first = bench.logFiles().last();
    const std::string before = bench.read(first.toStdString());
    bench.restart();
    QVERIFY(bench.put(secret(5, 5)));
    QVERIFY(bench.logFiles().last() != first);
    QCOMPARE(bench.read(first.toStdString()), before);
}

void FileChannelEncryptionTest::aDamagedBeginningIsReadFromItsCopy() {
    FileChannelBench bench(encrypted());
    bench.start();
    QVERIFY(bench.put(secret(0, 5)));
    bench.stop();
    const std::string path = bench.logFiles().last().toStdString();
    std::string bytes = bench.read(path);
    bytes[20] = static_cast<char>(bytes[20] ^ 1);
    bench.write(path, bytes);
    bench.start();
    QCOMPARE(bench.take(100), secrets(0, 5));
}

void FileChannelEncryptionTest::aFileWhoseMakingWasInterruptedIsRemoved() {
    FileChannelBench bench(encrypted());
    bench.start();
    QVERIFY(bench.put(secret(0, 5)));
    bench.stop();
    const QString next = QString("data/events-%1.log").arg(bench.logFiles().size() + 1, 20, 10, QChar('0'));
    const std::string prefix = bench.read(bench.logFiles().last().toStdString()).substr(0, 1024);
    std::vector<std::string> beginnings;
    for (const std::size_t size : {0, 100, 1024, 1050})
        beginnings.emplace_back(size, '\0');
    for (const std::size_t size : {511, 512, 700, 1023, 1024}) // a disk that was full
        beginnings.push_back(prefix.substr(0, size));
    for (const std::string& beginning : beginnings) {
        bench.write(next.toStdString(), beginning);
        bench.start();
        QVERIFY(!bench.log().contains("damaged"));
        bench.stop();
    }
    bench.start();
    QCOMPARE(bench.take(100), secrets(0, 5));
}

void FileChannelEncryptionTest::aFileThatDoesNotSayItsKeyAnyMoreIsNotGivenUp() {
    FileChannelBench bench(encrypted());
    bench.start();
    QVERIFY(bench.put(secret(0, 5)));
    bench.stop();
    const std::string path = bench.logFiles().last().toStdString(), whole = bench.read(path);
    std::string damaged = whole;
    for (const std::size_t at : {std::size_t(20), std::size_t(532)})
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
    bench.write(path, damaged);
    const Status refused = bench.tryStart();
    QVERIFY(!refused);
    QVERIFY(refused.error().message.find("does not say any more how it is encrypted") != std::string::npos);
    QCOMPARE(bench.read(path), damaged);
    bench.write(path, whole);
    bench.start();
    QCOMPARE(bench.take(100), secrets(0, 5));
}

void FileChannelEncryptionTest::wrongSettingsAreRefused_data() {
    QTest::addColumn<ChannelProperties>("properties");
    QTest::addColumn<QString>("says");
    QTest::newRow("a wrong password") << encrypted("k128", "k128", "secret-keys.jceks", "wrong")
                                      << "the key store password is wrong";
    QTest::newRow("a key that is not in the store") << encrypted("k9", "k9") << "there is no secret key \"k9\" in it";
    QTest::newRow("an active key that keys does not name") << encrypted("k256", "k128")
                                                           << "encryption.activeKey is \"k256\"";
    QTest::newRow("a key store of another kind") << encrypted("k128", "k128", "server.jks") << "no JCEKS key store";
    QTest::newRow("a key that is none of AES") << encrypted("des", "des", "other-secret-keys.jceks")
                                               << "\"des\" is no key of AES";
    QTest::newRow("no such file") << encrypted("k128", "k128", "absent.jceks") << "absent.jceks";
}
void FileChannelEncryptionTest::wrongSettingsAreRefused() {
    QFETCH(ChannelProperties, properties);
    QFETCH(QString, says);
    FileChannelBench bench(properties);
    const Status refused = bench.tryStart();
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.find(says.toStdString()) != std::string::npos, refused.error().message.c_str());
    QVERIFY(bench.logFiles().isEmpty());
}

MILLRACE_TEST(FileChannelEncryptionTest)
#include "tst_file_channel_encryption.moc"
