// Java's consumers of the consumer protocol (group.protocol=consumer) against a broker: two share, one goes, a static one
// comes back, a pattern finds a new topic, tools see it all. Ends with an error where the broker lets it down.
import java.time.Duration;
import java.util.*;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.*;
import org.apache.kafka.common.serialization.*;

public class Consumers {
    static final int COUNT = 600;
    static final Duration SHORT = Duration.ofMillis(200);
    static String address;
    static final List<KafkaConsumer<String, String>> open = new ArrayList<>();
    static final Set<String> seen = new HashSet<>();

    static Properties properties(String... more) {
        var properties = new Properties();
        properties.put("bootstrap.servers", address);
        for (int i = 0; i < more.length; i += 2) properties.put(more[i], more[i + 1]);
        return properties;
    }

    static KafkaConsumer<String, String> consumer(String... more) {
        var all = properties("group.protocol", "consumer", "group.id", "g", "auto.offset.reset", "earliest",
            "enable.auto.commit", "false");
        all.putAll(properties(more));
        var consumer = new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer());
        open.add(consumer);
        return consumer;
    }

    static void demand(boolean right, Object what) {
        if (!right) throw new AssertionError(what);
    }

    /// Polls all consumers, in turn, until it is so.
    static void until(String what, BooleanSupplier done) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                var state = new StringBuilder(what + " does not come: " + seen.size() + " records, ");
                for (var consumer : open) state.append(consumer.assignment());
                throw new AssertionError(state);
            }
            for (var consumer : open)
                for (var record : consumer.poll(SHORT)) seen.add(record.topic() + record.partition() + "/" + record.offset());
        }
    }

    static void close(KafkaConsumer<String, String> consumer) {
        open.remove(consumer);
        consumer.close();
    }

    static void produce(String topic, int partitions) throws Exception {
        try (var producer = new KafkaProducer<>(properties(), new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < COUNT; ++i) producer.send(new ProducerRecord<>(topic, i % partitions, null, "" + i));
        }
    }

    static void twoShareAndOneGoes(Admin admin) throws Exception {
        produce("t", 4);
        var a = consumer();
        a.subscribe(List.of("t"));
        until("all for the first", () -> a.assignment().size() == 4);
        var b = consumer();
        b.subscribe(List.of("t"));
        until("half for each", () -> a.assignment().size() == 2 && b.assignment().size() == 2);
        until("all records", () -> seen.size() == COUNT);
        a.commitSync();
        b.commitSync();
        var group = admin.describeConsumerGroups(List.of("g")).all().get().get("g");
        demand(group.type() == GroupType.CONSUMER && group.groupState() == GroupState.STABLE, group);
        demand(group.members().size() == 2 && group.partitionAssignor().equals("uniform"), group);
        for (var member : group.members()) demand(member.assignment().topicPartitions().size() == 2, group);
        var listed = admin.listGroups(new ListGroupsOptions().withTypes(Set.of(GroupType.CONSUMER))).all().get();
        demand(listed.size() == 1 && listed.iterator().next().groupId().equals("g"), listed);
        close(a);
        until("all for who is left", () -> b.assignment().size() == 4);
        demand(b.committed(b.assignment()).values().stream().mapToLong(OffsetAndMetadata::offset).sum() == COUNT,
            b.committed(b.assignment()));
        close(b);
        demand(admin.describeConsumerGroups(List.of("g")).all().get().get("g").groupState() == GroupState.EMPTY, "empty");
    }

    static void aStaticOneComesBack() {
        var other = consumer("group.id", "static");
        other.subscribe(List.of("t"));
        var first = consumer("group.id", "static", "group.instance.id", "one");
        first.subscribe(List.of("t"));
        until("half for each", () -> first.assignment().size() == 2 && other.assignment().size() == 2);
        var had = first.assignment();
        close(first);
        var again = consumer("group.id", "static", "group.instance.id", "one");
        again.subscribe(List.of("t"));
        until("what it had", () -> again.assignment().size() == 2);
        demand(again.assignment().equals(had), again.assignment() + " instead of " + had);
        close(again);
        close(other);
    }

    static void aPatternFindsANewTopic(Admin admin) throws Exception {
        var reader = consumer("group.id", "patterns");
        reader.subscribe(new SubscriptionPattern("web-[0-9]+"));
        until("the first", () -> reader.assignment().equals(Set.of(new TopicPartition("web-1", 0))));
        admin.createTopics(List.of(new NewTopic("web-2", 1, (short) 1), new NewTopic("my-web-3", 1, (short) 1))).all().get();
        until("the new one", () -> reader.assignment().size() == 2);
        close(reader);
        var wrong = consumer("group.id", "wrong");
        wrong.subscribe(new SubscriptionPattern("(?!x)web"));
        try {
            until("a refusal", () -> false);
        } catch (KafkaException refused) {
            demand(refused.getClass().getSimpleName().equals("InvalidRegularExpression"), refused);
        }
        close(wrong);
    }

    static void rangesAndDeletion(Admin admin) throws Exception {
        var a = consumer("group.id", "ranges", "group.remote.assignor", "range");
        var b = consumer("group.id", "ranges", "group.remote.assignor", "range");
        a.subscribe(List.of("t"));
        b.subscribe(List.of("t"));
        until("half for each", () -> a.assignment().size() == 2 && b.assignment().size() == 2);
        for (var one : List.of(a, b)) {
            var indexes = one.assignment().stream().mapToInt(TopicPartition::partition).sorted().toArray();
            demand(indexes[1] == indexes[0] + 1, one.assignment());
        }
        close(a);
        close(b);
        admin.deleteConsumerGroups(List.of("ranges")).all().get();
    }

    public static void main(String[] arguments) throws Exception {
        address = arguments[0];
        try (var admin = Admin.create(properties())) {
            admin.createTopics(List.of(new NewTopic("t", 4, (short) 1), new NewTopic("web-1", 1, (short) 1))).all().get();
            twoShareAndOneGoes(admin);
            aStaticOneComesBack();
            aPatternFindsANewTopic(admin);
            rangesAndDeletion(admin);
        }
        System.out.println("all is well");
    }
}
