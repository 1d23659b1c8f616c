#include "java/jaas.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::java;

namespace {

using Options = std::map<std::string, std::string>;

} // namespace

class TestJaas : public QObject {
    Q_OBJECT
private slots:
    void anEntryIsReadAsKafkaReadsIt_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Options>("options");
        const auto row = [](const char* what, const char* text, Options options) {
            QTest::newRow(what) << QByteArray(text) << options;
        };
        row("no options", "a.b.Module required;", {});
        row("as the manual shows it", "a.b.Module required username=\"alice\" password=\"alice-secret\";",
            {{"username", "alice"}, {"password", "alice-secret"}});
        row("over several lines", " a.b.Module\n\tREQUIRED\r\n user_a=\"1\"\n user_b = \"2\" ; \n",
            {{"user_a", "1"}, {"user_b", "2"}});
        row("single quotes", "a.b.Module required k='it \"is\"';", {{"k", "it \"is\""}});
        row("escapes", "a.b.Module required k=\"a\\\"b\\\\c\\n\\101\\7x\";", {{"k", "a\"b\\c\nA\ax"}});
        row("a value without quotes", "a.b.Module required useKeyTab=true;", {{"useKeyTab", "true"}});
        row("an empty value", "a.b.Module required k=\"\";", {{"k", ""}});
        row("a semicolon and an equals sign in quotes", "a.b.Module required k=\"a;b=c\";", {{"k", "a;b=c"}});
        row("a key twice", "a.b.Module required k=\"1\" k=\"2\";", {{"k", "2"}});
        row("a key in quotes", "a.b.Module required \"user_a b\"=\"1\";", {{"user_a b", "1"}});
        row("comments", "// one\na.b.Module /* two\n */ required k=\"// not one\"; // three", {{"k", "// not one"}});
        row("letters beyond ASCII", "a.b.Module required user_\xc3\xa4=\"\xc3\xb6\";", {{"user_\xc3\xa4", "\xc3\xb6"}});
    }
    void anEntryIsReadAsKafkaReadsIt() {
        QFETCH(QByteArray, text);
        QFETCH(Options, options);
        const auto entry = parseJaas(text.toStdString());
        QVERIFY2(entry, entry ? "" : entry.error().message.c_str());
        QCOMPARE(*entry, (JaasEntry{"a.b.Module", "required", options}));
    }

    void whatIsNoEntryIsRefusedWithoutItsSecrets_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char* what, const char* text, const char* says) {
            QTest::newRow(what) << QByteArray(text) << QByteArray(says);
        };
        row("nothing", "", "does not begin with the class");
        row("a sign", "=secret", "does not begin with the class");
        row("no flag", "a.b.Module", "none of required");
        row("another flag", "a.b.Module secret k=\"1\";", "none of required");
        row("no semicolon", "a.b.Module required k=\"secret\"", "not ended by a semicolon");
        row("no value", "a.b.Module required secretless;", "an option without a value");
        row("a quote inside of a value", "a.b.Module required user_a=\"my\"secret\";", "a quote inside of a value");
        row("a number without quotes", "a.b.Module required k=1secret;", "the value of k does not stand in quotes");
        row("a negative number", "a.b.Module required k=-secret;", "the value of k does not stand in quotes");
        row("a sign for a value", "a.b.Module required k==secret;", "the value of k does not stand in quotes");
        row("an open quote", "a.b.Module required k=\"secret;", "a quote is not closed on its line");
        row("a quote over two lines", "a.b.Module required k=\"sec\nret\";", "a quote is not closed on its line");
        row("a sign for a key", "a.b.Module required {secret};", "something that is no key");
        row("an open comment", "a.b.Module required /* secret;", "a comment is not ended");
        row("two modules", "a.b.Module required; a.b.Secret required k=\"secret\";", "more than one login module");
        row("a lone backslash", "a.b.Module required k=\"secret\\", "a quote is not closed");
    }
    void whatIsNoEntryIsRefusedWithoutItsSecrets() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, says);
        const auto entry = parseJaas(text.toStdString());
        QVERIFY(!entry);
        QByteArray message(entry.error().message.c_str());
        QVERIFY2(message.contains(says), message);
        QVERIFY2(!message.contains("secret"), message);
    }
};

MILLRACE_TEST(TestJaas)
#include "tst_jaas.moc"
