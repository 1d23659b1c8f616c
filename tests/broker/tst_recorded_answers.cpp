// What Apache Kafka 4.1 has answered to the same requests (recorded/record_answers.py), except for what it calls things
// in words, for ids it makes up, and for orders that it leaves open.
#include "broker/handlers/api_table.h"
#include "broker/support/core_fixture.h"
#include "support/test_program.h"
#include "wire/reader.h"
#include "wire/support/all_messages.h"
#include "wire/writer.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::broker;

namespace {

QByteArray bytesOf(const std::vector<Bytes>& pieces) {
    QByteArray all;
    for (const Bytes& piece : pieces)
        all.append(reinterpret_cast<const char*>(piece.data()), qsizetype(piece.size()));
    return all;
}

template <typename T>
QByteArray written(const T& value, wire::Version version) {
    wire::Writer writer(version, true);
    writer.field(value);
    return bytesOf(writer.finish());
}

/// A direction for the field lists that takes away what two brokers may say differently.
class Leveler {
public:
    explicit Leveler(wire::Version version) : version_(version) {}

    void field(auto&) {}
    template <typename T>
    void field(std::optional<T>& value) {
        if (value) field(*value);
    }
    template <typename T>
    void field(std::vector<T>& values) {
        for (T& value : values)
            field(value);
        std::ranges::sort(values, {}, [this](const T& value) { return written(value, version_); });
    }
    template <typename T>
    requires requires { &T::template fields<Leveler, T>; }
    void field(T& value) {
        if constexpr (requires { value.errorMessage; }) value.errorMessage.reset();
        if constexpr (requires { value.topicId; }) value.topicId = {};
        T::fields(*this, value, version_);
    }
    template <typename T>
    void nullable(std::optional<T>& value) {
        field(value);
    }
    template <typename... T>
    void tags(wire::Tagged<T>... known) {
        (field(known.value), ...);
    }

private:
    wire::Version version_;
};

/// The answer without what Leveler takes away; empty when the bytes are no such answer.
template <typename Response>
QByteArray leveled(const QByteArray& body, wire::Version version) {
    wire::Reader reader(Bytes::copyOf(std::string_view(body.data(), std::size_t(body.size()))), version,
                        Response::kApi.flexible(version));
    Response response;
    reader.field(response);
    if (!reader.finish()) return {};
    Leveler(version).field(response);
    return written(response, version);
}

struct Api {
    const wire::ApiSpec* spec;
    QByteArray (*leveled)(const QByteArray&, wire::Version);
};

QMap<QByteArray, Api> apis() {
    QMap<QByteArray, Api> all;
    [&]<std::size_t... i>(std::index_sequence<i...>) {
        using Messages = wire::AllMessages;
        (all.insert(
             std::tuple_element_t<2 * i + 1, Messages>::kApi.name,
             {&std::tuple_element_t<2 * i + 1, Messages>::kApi, &leveled<std::tuple_element_t<2 * i + 1, Messages>>}),
         ...);
    }
    (std::make_index_sequence<std::tuple_size_v<wire::AllMessages> / 2>());
    return all;
}

} // namespace

class TestRecordedAnswers : public QObject {
    Q_OBJECT

    QByteArray answerOf(CoreFixture& broker, const Api& api, wire::Version version, const QByteArray& body) {
        wire::Reader reader(Bytes::copyOf(std::string_view(body.data(), std::size_t(body.size()))), version,
                            api.spec->flexible(version));
        const ApiRow& row = *findApi(api.spec->key);
        QByteArray frame;
        const auto served = row.serve(reader, 1, {version, "test", broker.connection}, row, broker.core().context(),
                                      [&](const Outcome& outcome) { frame = bytesOf(outcome.frame); });
        broker.settle();
        return served ? frame.mid(api.spec->flexible(version) ? 9 : 8) : QByteArray();
    }

private slots:
    void areOurs() {
        QFile file(MILLRACE_SOURCE_DIR "/tests/broker/recorded/answers.txt");
        QVERIFY(file.open(QIODevice::ReadOnly));
        CoreFixture broker({{"authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"},
                            {"super.users", "User:ANONYMOUS"}});
        const auto known = apis();
        QStringList differences;
        int compared = 0;
        while (!file.atEnd()) {
            const QList<QByteArray> fields = file.readLine().trimmed().split('|');
            QCOMPARE(fields.size(), 5);
            const Api api = known.value(fields[1]);
            const auto version = wire::Version(fields[2].toInt());
            const QByteArray theirs = api.leveled(QByteArray::fromHex(fields[4]), version);
            const QByteArray own = answerOf(broker, api, version, QByteArray::fromHex(fields[3]));
            ++compared;
            if (theirs.isEmpty() || api.leveled(own, version) != theirs)
                differences << QString("%1 (%2): %3 instead of %4").arg(fields[0], fields[1], own.toHex(), fields[4]);
        }
        QVERIFY(compared > 60);
        QVERIFY2(differences.isEmpty(), qPrintable('\n' + differences.join('\n')));
    }
};

MILLRACE_TEST(TestRecordedAnswers)
#include "tst_recorded_answers.moc"
