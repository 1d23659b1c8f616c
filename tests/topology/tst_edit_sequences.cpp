#include "support/test_program.h"
#include "topology/text/properties_text.h"
#include "topology/support/documents.h"

#include <algorithm>

using namespace millrace;
using namespace millrace::topology;
using namespace millrace::topology::test;

namespace {

/// A repeatable sequence of numbers.
class Dice {
public:
    explicit Dice(std::uint32_t seed) : state_(seed * 2654435761u + 1) {}
    std::size_t below(std::size_t limit) {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 17;
        state_ ^= state_ << 5;
        return state_ % limit;
    }

private:
    std::uint32_t state_;
};

/// One random gesture; a refused one is an error as in life.
class Gestures {
public:
    explicit Gestures(std::uint32_t seed) : dice_(seed) {}

    Result<Edit> next(const Document& document) {
        switch (dice_.below(12)) {
        case 0:
            return topology::setProperty(document, keyOf(document), word());
        case 1:
            return unsetProperty(document, keyOf(document));
        case 2:
            return setNodeProperty(document, node(document), word(), word() + " \\ \xC3\xA4");
        case 3:
        case 4:
            return add(document);
        case 5:
            return removeNodes(document, {node(document), node(document)}, dice_.below(2) == 0);
        case 6:
        case 7:
            return topology::connect(document, node(document), node(document));
        case 8:
            return rename(document, node(document), word());
        case 9:
            return moveNodes(document,
                             {{node(document), {double(dice_.below(999)), double(dice_.below(999)), {}, {}}}});
        case 10: {
            auto pasted = paste(document, copyText(document, {node(document), node(document)}), 8, 8);
            return pasted ? Result<Edit>(pasted.value().edit) : Result<Edit>(pasted.error());
        }
        default:
            return other(document);
        }
    }

private:
    std::string word() {
        const char* words[] = {"a", "buffer", "c1", "k", "x-2", "weblog", "s"};
        return words[dice_.below(std::size(words))];
    }
    std::string keyOf(const Document& document) {
        const NodeId id = node(document);
        const Node* found = document.graph().find(id);
        if (found == nullptr || found->agent.empty() || dice_.below(4) == 0)
            return word() + ".sources." + word() + ".type";
        return found->agent + ".channels." + found->name + "." + word();
    }
    NodeId node(const Document& document) {
        const auto& nodes = document.graph().nodes;
        return nodes.empty() ? NodeId("agent/none") : nodes[dice_.below(nodes.size())].id;
    }
    Result<Edit> add(const Document& document) {
        const std::pair<NodeKind, const char*> kinds[] = {
            {NodeKind::source, "avro"},    {NodeKind::source, "TAILDIR"},
            {NodeKind::channel, "memory"}, {NodeKind::sink, "org.apache.flume.sink.kafka.KafkaSink"},
            {NodeKind::sink, "avro"},      {NodeKind::topic, ""},
            {NodeKind::traffic, "weblog"}, {NodeKind::note, ""},
            {NodeKind::agent, ""},         {NodeKind::cluster, "external"}};
        const auto& [kind, type] = kinds[dice_.below(std::size(kinds))];
        NewNode node;
        node.kind = kind;
        node.type = type;
        const auto agents = document.graph().ofKind(NodeKind::agent);
        if (!agents.empty() && dice_.below(5) > 0) node.agent = agents[dice_.below(agents.size())]->name;
        if (dice_.below(2) == 0) node.position = Position{1, 2, {}, {}};
        auto result = addNode(document, node);
        return result ? Result<Edit>(result.value().edit) : Result<Edit>(result.error());
    }
    Result<Edit> other(const Document& document) {
        const auto& wires = document.graph().wires;
        if (!wires.empty() && dice_.below(2) == 0)
            return topology::disconnect(document, wires[dice_.below(wires.size())]);
        if (dice_.below(2) == 0) return retype(document, node(document), dice_.below(2) == 0 ? "null" : "seq");
        auto grouped = groupSinks(document, {node(document), node(document)}, "failover");
        return grouped ? Result<Edit>(grouped.value().edit) : Result<Edit>(grouped.error());
    }

    Dice dice_;
};

/// A few lines of whatever the format has pitfalls for.
std::string randomText(Dice& dice) {
    const char* pieces[] = {"a.x", "a.y", "=", " = ", ":", "b", "c d", "\\", "\\\\", "\\\n", "\\\r\n", "\\\r", "\n", "\n",
                            "\r\n", "\r", " ", "\t", "# z", "!", "#@ note.n.text = v", "\\u00e4", "\xE4", "a.sources = s"};
    std::string text;
    for (std::size_t left = dice.below(14); left > 0; --left)
        text += pieces[dice.below(std::size(pieces))];
    return text;
}

/// "key=value" of all entries in order, those with this key left out.
std::string othersThan(const Document& document, const std::string& key) {
    std::string out;
    for (const Entry& entry : document.properties().entries) {
        if (entry.ours || entry.key != key) out += (entry.ours ? "@" : "") + entry.key + "=" + entry.value + "|";
    }
    return out;
}

/// The bytes outside the replaced ranges are the same in both texts, in order.
bool touchesOnlyItsSpans(const std::string& before, const std::string& after, const Edit& edit) {
    std::size_t inBefore = 0, inAfter = 0;
    for (const Replacement& r : edit.replacements) {
        const std::size_t same = r.range.begin - inBefore;
        if (before.compare(inBefore, same, after, inAfter, same) != 0) return false;
        inBefore = r.range.end;
        inAfter += same + r.text.size();
    }
    return before.compare(inBefore, std::string::npos, after, inAfter, std::string::npos) == 0;
}

} // namespace

class TestEditSequences : public QObject {
    Q_OBJECT
private slots:
    void undoGivesTheFirstBytes_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("seed");
        const std::string weblog = exampleFile("weblog.conf");
        std::string crlf;
        for (const char c : weblog)
            crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
        for (int seed = 1; seed <= 8; ++seed) {
            const auto row = [seed](const char* name, const std::string& text) {
                QTest::newRow(qPrintable(QString("%1, sequence %2").arg(name).arg(seed)))
                    << QByteArray::fromStdString(text) << seed;
            };
            row("the example", weblog);
            row("CRLF", crlf);
            row("no final newline", weblog.substr(0, weblog.size() - 1));
            row("an empty file", "");
            row("failover", exampleFile("failover.conf"));
            row("continuations, escapes, duplicates, Latin-1",
                "\xEF\xBB\xBF# \xE4\na.sources = s\na.sources = s \\\n   t\na.sources.s.ty\\u0070e = seq\n"
                "a.sources.t.type: x\\:y\\\n# swallowed\na.channels=c\n!z\na.channels.c.type=memory\na.x = \xFC\\");
        }
    }
    void undoGivesTheFirstBytes() {
        QFETCH(QByteArray, text);
        QFETCH(int, seed);
        Gestures gestures(static_cast<std::uint32_t>(seed));
        Document document = parse(text.toStdString());
        std::vector<Edit> inverses;
        std::vector<std::string> texts;
        Edit whole;
        for (int step = 0; step < 60; ++step) {
            const auto edit = gestures.next(document);
            if (!edit) {
                QVERIFY(!edit.error().message.empty());
                continue;
            }
            auto result = document.apply(edit.value());
            QVERIFY2(result, result ? "" : result.error().message.c_str());
            QVERIFY(touchesOnlyItsSpans(document.text(), result.value().document.text(), edit.value()));
            whole = compose(parse(text.toStdString()), whole, edit.value()).value();
            texts.push_back(document.text());
            inverses.push_back(result.value().inverse);
            document = result.value().document;
        }
        QVERIFY(inverses.size() > 10);
        QCOMPARE(QByteArray::fromStdString(applied(parse(text.toStdString()), whole).text()),
                 QByteArray::fromStdString(document.text()));
        const std::string last = document.text();
        std::vector<Edit> again;
        while (!inverses.empty()) {
            auto result = document.apply(inverses.back());
            QVERIFY(result);
            document = result.value().document;
            again.push_back(result.value().inverse);
            QCOMPARE(QByteArray::fromStdString(document.text()), QByteArray::fromStdString(texts.back()));
            inverses.pop_back();
            texts.pop_back();
        }
        QCOMPARE(QByteArray::fromStdString(document.text()), text);
        for (auto edit = again.rbegin(); edit != again.rend(); ++edit)
            document = applied(document, *edit);
        QCOMPARE(QByteArray::fromStdString(document.text()), QByteArray::fromStdString(last));
    }

    void anEditChangesOnlyWhatItNames_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("last line continued") << QByteArray("a.x = b\\\n");
        QTest::newRow("last line continued, CRLF") << QByteArray("a.z = b\r\na.x = b\\\r\n");
        QTest::newRow("last line continued, CR in a file of LF") << QByteArray("a.z = 1\na.v = 2\na.x = b\\\r");
        QTest::newRow("last line continued without a line end") << QByteArray("a.x = b\\");
        QTest::newRow("continued into blanks") << QByteArray("a.x = b\\\n  ");
        QTest::newRow("continued before a value") << QByteArray("a.y = \\\n");
        QTest::newRow("continued before a value, blank line") << QByteArray("a.y = \\\n\na.x = 1\n");
        QTest::newRow("continued behind a key") << QByteArray("a.y\\\n");
        Dice dice(7);
        for (int i = 0; i < 400; ++i)
            QTest::addRow("random text %d", i) << QByteArray::fromStdString(randomText(dice));
    }
    void anEditChangesOnlyWhatItNames() {
        QFETCH(QByteArray, text);
        const Document before = parse(text.toStdString());
        const std::string key = "a.y";
        for (const char* value : {"null", "= c", "c\\", "\xC3\xA4 \n"}) {
            const Document after = applied(before, topology::setProperty(before, key, value).value());
            QVERIFY(after.find(key));
            QCOMPARE(QByteArray::fromStdString(after.find(key)->value), QByteArray(value).trimmed());
            QCOMPARE(QByteArray::fromStdString(othersThan(after, key)),
                     QByteArray::fromStdString(othersThan(before, key)));
            const Document again = applied(after, topology::setProperty(after, key, "other").value());
            QCOMPARE(QByteArray::fromStdString(again.find(key)->value), QByteArray("other"));
            const Document without = applied(again, unsetProperty(again, key).value());
            QVERIFY(!without.find(key));
            QCOMPARE(QByteArray::fromStdString(othersThan(without, key)),
                     QByteArray::fromStdString(othersThan(before, key)));
            const auto edit = topology::setProperty(before, key, value).value();
            const auto result = before.apply(edit).value();
            QCOMPARE(QByteArray::fromStdString(applied(result.document, result.inverse).text()), text);
        }
    }
};

MILLRACE_TEST(TestEditSequences)
#include "tst_edit_sequences.moc"
