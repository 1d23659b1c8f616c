#include "base/manual_thread_clock.h"
#include "flume/interceptors/header_interceptors.h"
#include "flume/interceptors/interceptor_chain.h"
#include "java/java_regex.h"
#include "java/java_utf8.h"
#include "flume/support/test_context.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

using Lines = QStringList;

/// One interceptor i; properties written as "key=value".
Result<std::vector<std::unique_ptr<Interceptor>>> chainOf(const Lines& lines, TestContext& context) {
    catalog::Properties properties{{"interceptors", "i"}};
    for (const QString& line : lines)
        properties["interceptors.i." + line.section('=', 0, 0).toStdString()] = line.section('=', 1).toStdString();
    return makeInterceptors(properties, context.context());
}

/// "{k=v,l=w}body" for each event, headers sorted.
Lines shown(const EventRanges& events) {
    Lines all;
    for (const EventRange& range : events)
        for (std::uint32_t i = range.first; i < range.last; ++i) {
            Lines headers;
            for (const auto& [key, value] : range.batch->headers(i).entries())
                headers << QString::fromStdString(key + "=" + value);
            headers.sort();
            const auto body = range.batch->body(i);
            all << "{" + headers.join(',') + "}" + QString::fromUtf8(body.data(), qsizetype(body.size()));
        }
    return all;
}

/// By this computer's time zone, which counts where a text names none.
qint64 midnightOf1970() {
    return QDateTime(QDate(1970, 1, 1), QTime(0, 0)).toMSecsSinceEpoch();
}

const catalog::ComponentSpec& anySource() {
    return specOf(catalog::ComponentKind::source, "seq");
}

} // namespace

class InterceptorsTest : public QObject {
    Q_OBJECT
private slots:
    void oneInterceptor_data();
    void oneInterceptor();
    void refusals_data();
    void refusals();
    void theyRunInTheirOrder();
    void timeIsTheSameForABatch();
    void hostIsThisComputer();
    void aPublishedBatchIsNotTouched();
    void aSmallPieceOfALargeBatchIsCutOut();
    void regularExpressionsAreJavas_data();
    void regularExpressionsAreJavas();
    void malformedTextIsWhatJavaMakesOfIt_data();
    void malformedTextIsWhatJavaMakesOfIt();
    void malformedTextIsSearchedAndReplaced();
    void aSearchThatGivesUpIsToldOnce();
    void aBodyIsReadInItsCharset();
    void eachEventGetsAnIdentifierOfItsOwn();
    void whatIsNoTimeIsToldOnce();
};

void InterceptorsTest::oneInterceptor_data() {
    QTest::addColumn<Lines>("interceptor");
    QTest::addColumn<Lines>("result"); // of the bodies "error 42", "ok" and "error" with the header k=v
    QTest::newRow("static") << Lines{"type=static", "key=dc", "value=north"}
                            << Lines{"{dc=north,k=v}error 42", "{dc=north,k=v}ok", "{dc=north,k=v}error"};
    QTest::newRow("static keeps what is there")
        << Lines{"type=static", "key=k", "value=new"} << Lines{"{k=v}error 42", "{k=v}ok", "{k=v}error"};
    QTest::newRow("static replaces when told") << Lines{"type=static", "key=k", "value=new", "preserveExisting=false"}
                                               << Lines{"{k=new}error 42", "{k=new}ok", "{k=new}error"};
    QTest::newRow("static by default") << Lines{"type=static"}
                                       << Lines{"{k=v,key=value}error 42", "{k=v,key=value}ok", "{k=v,key=value}error"};
    QTest::newRow("regex_filter keeps what it finds")
        << Lines{"type=regex_filter", "regex=err"} << Lines{"{k=v}error 42", "{k=v}error"};
    QTest::newRow("regex_filter drops what it finds")
        << Lines{"type=regex_filter", "regex=err", "excludeEvents=true"} << Lines{"{k=v}ok"};
    QTest::newRow("regex_filter by default keeps all")
        << Lines{"type=regex_filter"} << Lines{"{k=v}error 42", "{k=v}ok", "{k=v}error"};
    QTest::newRow("regex_filter may drop all") << Lines{"type=regex_filter", "regex=never"} << Lines{};
    QTest::newRow("regex_extractor") << Lines{"type=regex_extractor", "regex=(\\w+) (\\d+)", "serializers=s1 s2",
                                              "serializers.s1.name=word", "serializers.s2.name=number"}
                                     << Lines{"{k=v,number=42,word=error}error 42", "{k=v}ok", "{k=v}error"};
    QTest::newRow("regex_extractor with a group that takes no part")
        << Lines{"type=regex_extractor", "regex=error( \\d+)?", "serializers=s", "serializers.s.name=number"}
        << Lines{"{k=v,number= 42}error 42", "{k=v}ok", "{k=v}error"};
    QTest::newRow("regex_extractor with more names than groups")
        << Lines{"type=regex_extractor", "regex=(ok)", "serializers=s t", "serializers.s.name=s",
                 "serializers.t.name=t"}
        << Lines{"{k=v}error 42", "{k=v,s=ok}ok", "{k=v}error"};
    QTest::newRow("search_replace") << Lines{"type=search_replace", "searchPattern=[aeiou]", "replaceString=*"}
                                    << Lines{"{k=v}*rr*r 42", "{k=v}*k", "{k=v}*rr*r"};
    QTest::newRow("search_replace with groups")
        << Lines{"type=search_replace", "searchPattern=(\\w+) (?<n>\\d)(\\d)", "replaceString=${n}$3\\$ $1$10"}
        << Lines{"{k=v}42$ errorerror0", "{k=v}ok", "{k=v}error"};
    QTest::newRow("search_replace without a replacement")
        << Lines{"type=search_replace", "searchPattern=r+"} << Lines{"{k=v}eo 42", "{k=v}ok", "{k=v}eo"};
    QTest::newRow("search_replace of empty matches")
        << Lines{"type=search_replace", "searchPattern=x*", "replaceString=-"}
        << Lines{"{k=v}-e-r-r-o-r- -4-2-", "{k=v}-o-k-", "{k=v}-e-r-r-o-r-"};
    QTest::newRow("regex_extractor of a time")
        << Lines{"type=regex_extractor",
                 "regex=(\\d+)",
                 "serializers=s",
                 "serializers.s.name=at",
                 "serializers.s.type=org.apache.flume.interceptor.RegexExtractorInterceptorMillisSerializer",
                 "serializers.s.pattern=ss"}
        << Lines{"{at=" + QString::number(42'000 + midnightOf1970()) + ",k=v}error 42", "{k=v}ok", "{k=v}error"};
    QTest::newRow("regex_extractor of what is no time")
        << Lines{"type=regex_extractor",
                 "regex=(\\w+)",
                 "serializers=s",
                 "serializers.s.name=at",
                 "serializers.s.type=org.apache.flume.interceptor.RegexExtractorInterceptorMillisSerializer",
                 "serializers.s.pattern=HH:mm"}
        << Lines{"{k=v}error 42", "{k=v}ok", "{k=v}error"};
    QTest::newRow("regex_extractor that passes its find through")
        << Lines{"type=regex_extractor", "regex=(ok)", "serializers=s", "serializers.s.name=n",
                 "serializers.s.type=org.apache.flume.interceptor.RegexExtractorInterceptorPassThroughSerializer"}
        << Lines{"{k=v}error 42", "{k=v,n=ok}ok", "{k=v}error"};
    QTest::newRow("uuid keeps what is there")
        << Lines{"type=org.apache.flume.sink.solr.morphline.UUIDInterceptor$Builder", "headerName=k"}
        << Lines{"{k=v}error 42", "{k=v}ok", "{k=v}error"};
    QTest::newRow("remove_header by name")
        << Lines{"type=remove_header", "withName=k"} << Lines{"{}error 42", "{}ok", "{}error"};
    QTest::newRow("remove_header by list")
        << Lines{"type=remove_header", "fromList=a , k"} << Lines{"{}error 42", "{}ok", "{}error"};
    QTest::newRow("remove_header matches whole names")
        << Lines{"type=remove_header", "matching=[a-j]|kk"} << Lines{"{k=v}error 42", "{k=v}ok", "{k=v}error"};
    QTest::newRow("remove_header by pattern")
        << Lines{"type=remove_header", "matching=[a-k]"} << Lines{"{}error 42", "{}ok", "{}error"};
    QTest::newRow("builder class") << Lines{"type=org.apache.flume.interceptor.RemoveHeaderInterceptor$Builder",
                                            "withName=k"}
                                   << Lines{"{}error 42", "{}ok", "{}error"};
}

void InterceptorsTest::oneInterceptor() {
    QFETCH(Lines, interceptor);
    TestContext context(anySource());
    const auto chain = chainOf(interceptor, context);
    QVERIFY2(chain.has_value(), chain ? "" : chain.error().message.c_str());
    EventRanges events{{makeBatch({"skipped", "error 42", "ok", "error"}, {{"k", "v"}}), 1, 4}};
    chain->front()->intercept(events);
    QTEST(shown(events), "result");
}

void InterceptorsTest::refusals_data() {
    QTest::addColumn<Lines>("interceptor");
    QTest::addColumn<QString>("error");
    QTest::newRow("no type") << Lines{"key=x"} << "interceptor i: has no type; Flume leaves its source out";
    QTest::newRow("unknown") << Lines{"type=com.example.Mine"}
                             << "interceptor i: type com.example.Mine is not implemented here";
    QTest::newRow("bad pattern") << Lines{"type=regex_filter", "regex=(a"} << "closing parenthesis at character 3";
    QTest::newRow("Java's intersection") << Lines{"type=regex_filter", "regex=[a-z&&[^b]]"} << "intersection (&&)";
    QTest::newRow("Java's union") << Lines{"type=regex_filter", "regex=[a[bc]]"} << "a class inside of a class";
    QTest::newRow("lower-case default") << Lines{"type=regex_extractor", "regex=(a)", "serializers=s",
                                                 "serializers.s.name=n", "serializers.s.type=default"}
                                        << "DEFAULT, in capitals";
    QTest::newRow("nameless serializer") << Lines{"type=regex_extractor", "regex=(a)", "serializers=s"}
                                         << "serializers.s.name is missing";
    QTest::newRow("no such group") << Lines{"type=search_replace", "searchPattern=a", "replaceString=$1"}
                                   << "the pattern has no group 1";
    QTest::newRow("a dollar alone") << Lines{"type=search_replace", "searchPattern=a", "replaceString=5 $"}
                                    << "a group number must follow $";
    QTest::newRow("missing pattern") << Lines{"type=search_replace"} << "searchPattern is missing";
    QTest::newRow("unknown charset") << Lines{"type=search_replace", "searchPattern=a", "charset=EBCDIC"}
                                     << "charset = EBCDIC";
    QTest::newRow("a time pattern that means nothing")
        << Lines{"type=regex_extractor",
                 "regex=(a)",
                 "serializers=s",
                 "serializers.s.name=n",
                 "serializers.s.type=org.apache.flume.interceptor.RegexExtractorInterceptorMillisSerializer",
                 "serializers.s.pattern=bb"}
        << "serializers.s.pattern";
}

void InterceptorsTest::refusals() {
    QFETCH(Lines, interceptor);
    QFETCH(QString, error);
    TestContext context(anySource());
    const auto chain = chainOf(interceptor, context);
    QVERIFY(!chain);
    const QString message = QString::fromStdString(chain.error().message);
    QVERIFY2(message.contains(error), qPrintable(message));
}

void InterceptorsTest::theyRunInTheirOrder() {
    TestContext context(anySource());
    const auto chain = makeInterceptors({{"interceptors", "b a"},
                                         {"interceptors.a.type", "remove_header"},
                                         {"interceptors.a.withName", "x"},
                                         {"interceptors.b.type", "static"},
                                         {"interceptors.b.key", "x"}},
                                        context.context());
    QCOMPARE(chain->size(), std::size_t(2));
    EventRanges events{{makeBatch({"e"}), 0, 1}};
    for (const auto& interceptor : *chain)
        interceptor->intercept(events);
    QCOMPARE(shown(events), Lines{"{}e"});
}

void InterceptorsTest::timeIsTheSameForABatch() {
    ManualThreadClock clock;
    const EpochMs then = clock.epochMs();
    TimestampInterceptor interceptor("when", false, clock);
    EventRanges events{{makeBatch({"a", "b"}, {{"when", "old"}}), 0, 2}};
    interceptor.intercept(events);
    QCOMPARE(shown(events), (Lines{QString("{when=%1}a").arg(then), QString("{when=%1}b").arg(then)}));
    clock.advance(std::chrono::milliseconds(5));
    TimestampInterceptor keeping("when", true, clock);
    keeping.intercept(events);
    QCOMPARE(shown(events).front(), QString("{when=%1}a").arg(then));
}

void InterceptorsTest::hostIsThisComputer() {
    for (const bool ip : {true, false}) {
        HostInterceptor interceptor("h", ip, false);
        EventRanges events{{makeBatch({"a"}), 0, 1}};
        interceptor.intercept(events);
        const std::string* host = events.front().batch->headers(0).find("h");
        if (!host) QSKIP("this computer's own name does not resolve");
        QVERIFY(!host->empty());
        if (ip) QVERIFY(host->find_first_not_of("0123456789abcdef.:%") == std::string::npos);
    }
}

void InterceptorsTest::aPublishedBatchIsNotTouched() {
    TestContext context(anySource());
    const auto chain = chainOf({"type=static", "key=dc"}, context);
    const EventBatchPtr published = makeBatch({"a", "b"});
    EventRanges events{{published, 0, 2}};
    chain->front()->intercept(events);
    QVERIFY(published->headers(0).empty());
    QVERIFY(events.front().batch->body(0).data() == published->body(0).data()); // no body was copied
}

void InterceptorsTest::aSmallPieceOfALargeBatchIsCutOut() {
    TestContext context(anySource());
    const auto chain = chainOf({"type=static", "key=dc"}, context);
    const EventBatchPtr large = makeBatch(std::vector<std::string>(1000, "x"));
    EventRanges events{{large, 10, 11}, {large, 11, 12}, {large, 400, 900}};
    chain->front()->intercept(events);
    QCOMPARE(eventCount(events), std::size_t(502));
    QCOMPARE(events[0].batch->size(), std::size_t(1));
    for (const EventRange& range : events)
        QVERIFY(range.batch->headers(range.first).find("dc"));
}

void InterceptorsTest::regularExpressionsAreJavas_data() {
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("found");
    QTest::newRow("umlauts are characters") << QString::fromUtf8("^.$") << QByteArray("\xc3\xa4") << true;
    QTest::newRow("w is ASCII") << QString::fromUtf8("^\\w$") << QByteArray("\xc3\xa4") << false;
    QTest::newRow("a dot is no line end") << "a.b" << QByteArray("a\rb") << false;
    QTest::newRow("a dollar before the last line end") << "b$" << QByteArray("b\n") << true;
    QTest::newRow("u with four digits") << "\\u0041" << QByteArray("A") << true;
    QTest::newRow("possessive") << "a++a" << QByteArray("aaa") << false;
    QTest::newRow("named group") << "(?<x>a)\\k<x>" << QByteArray("aa") << true;
    QTest::newRow("quoted") << "\\Q[a&&\\E" << QByteArray("[a&&") << true;
    QTest::newRow("bytes that are no UTF-8 do not disturb") << "end" << QByteArray("\xff\xfe end") << true;
    QTest::newRow("a dot crosses a byte that is no UTF-8") << "^a.b$"
                                                           << QByteArray("a\xff"
                                                                         "b")
                                                           << true;
    QTest::newRow("a quoted text of 300 KB")
        << "\"(\\\\.|[^\"\\\\])*\"" << QByteArray('"' + QByteArray(300'000, 'x') + '"') << true;
    QTest::newRow("words of 300 KB") << "^(\\w+\\s?)+$" << QByteArray("word ").repeated(60'000) << true;
    QTest::newRow("lines up to an end, 300 KB")
        << "(.|\n)*END" << QByteArray("line\n").repeated(60'000) + "END" << true;
    QTest::newRow("a bracket first in a class") << "[]a]" << QByteArray("]") << true;
    QTest::newRow("endless backtracking gives up") << "^(a+)+$" << QByteArray(40, 'a') + "!" << false;
    QTest::newRow("empty body") << "^$" << QByteArray() << true;
}

void InterceptorsTest::regularExpressionsAreJavas() {
    QFETCH(QString, pattern);
    QFETCH(QByteArray, text);
    auto regex = java::JavaRegex::compile(pattern.toStdString());
    QVERIFY2(regex.has_value(), regex ? "" : regex.error().message.c_str());
    QTEST(regex->find({text.constData(), std::size_t(text.size())}), "found");
}

void InterceptorsTest::malformedTextIsWhatJavaMakesOfIt_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text"); // ? for U+FFFD
    QTest::newRow("valid") << QByteArray("a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80")
                           << QByteArray("a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80");
    QTest::newRow("Latin-1") << QByteArray("k\xfchl") << QByteArray("k?hl");
    QTest::newRow("a continuation alone") << QByteArray("\x80\xbf") << QByteArray("??");
    QTest::newRow("cut in its middle") << QByteArray("\xe2\x82") << QByteArray("?");
    QTest::newRow("cut by a letter") << QByteArray("\xf0\x9f\x98z") << QByteArray("?z");
    QTest::newRow("overlong") << QByteArray("\xc0\xaf\xe0\x80\xaf") << QByteArray("?????");
    QTest::newRow("half of a pair") << QByteArray("\xed\xa0\x80") << QByteArray("?");
    QTest::newRow("beyond Unicode") << QByteArray("\xf4\x90\x80\x80") << QByteArray("????");
}

void InterceptorsTest::malformedTextIsWhatJavaMakesOfIt() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(java::withoutMalformedUtf8(bytes.toStdString())), text.replace("?", "\xef\xbf\xbd"));
}

void InterceptorsTest::malformedTextIsSearchedAndReplaced() {
    TestContext context(anySource());
    const auto extractor =
        chainOf({"type=regex_extractor", "regex=k(.)hl", "serializers=s", "serializers.s.name=n"}, context);
    EventRanges events{{makeBatch({"k\xfchl"}), 0, 1}};
    extractor->front()->intercept(events);
    QCOMPARE(events.front().batch->headers(0).find("n")->c_str(), "\xef\xbf\xbd");
    const auto replacer = chainOf({"type=search_replace", "searchPattern=[kl]", "replaceString=-"}, context);
    replacer->front()->intercept(events);
    QCOMPARE(std::string(events.front().batch->body(0)), std::string("-\xef\xbf\xbdh-"));
}

void InterceptorsTest::aSearchThatGivesUpIsToldOnce() {
    TestContext context(anySource());
    const auto chain = chainOf({"type=regex_filter", "regex=^(a+)+$"}, context);
    EventRanges events{{makeBatch({std::string(40, 'a') + "!", "aa", std::string(50, 'a') + "!"}), 0, 3}};
    chain->front()->intercept(events);
    QCOMPARE(shown(events), Lines{"{}aa"});
    const auto lines = context.log().lines();
    QCOMPARE(lines.size(), std::size_t(1));
    QVERIFY2(lines.front().find("gave up on a text of 41 bytes: match limit exceeded") != std::string::npos,
             lines.front().c_str());
}

void InterceptorsTest::aBodyIsReadInItsCharset() {
    TestContext context(anySource());
    const auto chain = chainOf({"type=search_replace", QStringLiteral("searchPattern=你(.)"),
                                QStringLiteral("replaceString=$1你"), "charset=GBK"},
                               context);
    QVERIFY2(chain.has_value(), chain ? "" : chain.error().message.c_str());
    EventRanges events{{makeBatch({"\xc4\xe3\xba\xc3", "none"}), 0, 2}};
    chain->front()->intercept(events);
    QCOMPARE(std::string(events.front().batch->body(0)), std::string("\xba\xc3\xc4\xe3"));
    QCOMPARE(std::string(events.front().batch->body(1)), std::string("none"));
}

void InterceptorsTest::eachEventGetsAnIdentifierOfItsOwn() {
    TestContext context(anySource());
    const auto chain = chainOf(
        {"type=org.apache.flume.sink.solr.morphline.UUIDInterceptor$Builder", "prefix=n-", "preserveExisting=false"},
        context);
    QVERIFY2(chain.has_value(), chain ? "" : chain.error().message.c_str());
    EventRanges events{{makeBatch({"skipped", "a", "b"}, {{"id", "old"}}), 1, 3}};
    chain->front()->intercept(events);
    static const QRegularExpression form("^n-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
    QSet<QString> all;
    for (std::uint32_t i = 0; i < 2; ++i)
        all.insert(QString::fromStdString(*events.front().batch->headers(i).find("id")));
    QCOMPARE(all.size(), 2);
    for (const QString& id : all)
        QVERIFY2(form.match(id).hasMatch(), qPrintable(id));
}

void InterceptorsTest::whatIsNoTimeIsToldOnce() {
    TestContext context(anySource());
    const auto chain =
        chainOf({"type=regex_extractor", "regex=(.*)", "serializers=s", "serializers.s.name=at",
                 "serializers.s.type=org.apache.flume.interceptor.RegexExtractorInterceptorMillisSerializer",
                 "serializers.s.pattern=yyyy"},
                context);
    EventRanges events{{makeBatch({"noon", "night"}), 0, 2}};
    chain->front()->intercept(events);
    QCOMPARE(context.log().lines().size(), std::size_t(1));
    QVERIFY(context.log().lines().front().find("'noon' is no time") != std::string::npos);
}

MILLRACE_TEST(InterceptorsTest)
#include "tst_interceptors.moc"
