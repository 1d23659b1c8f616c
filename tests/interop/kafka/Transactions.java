// Java's transactional producer against a broker: records are copied exactly once, an old producer is fenced, tools see
// it all. Ends with an error where the broker lets it down.
import java.time.Duration;
import java.util.*;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.*;

public class Transactions {
    static final int COUNT = 600, BATCH = 100;
    static String address;

    static Properties properties(String... more) {
        var properties = new Properties();
        properties.put("bootstrap.servers", address);
        for (int i = 0; i < more.length; i += 2) properties.put(more[i], more[i + 1]);
        return properties;
    }

    static KafkaProducer<String, String> producer(String... more) {
        return new KafkaProducer<>(properties(more), new StringSerializer(), new StringSerializer());
    }

    static KafkaConsumer<String, String> consumer(String group) {
        return new KafkaConsumer<>(properties("group.id", group, "auto.offset.reset", "earliest", "enable.auto.commit",
            "false", "isolation.level", "read_committed", "max.poll.records", "" + BATCH), new StringDeserializer(),
            new StringDeserializer());
    }

    static void demand(boolean right, Object what) {
        if (!right) throw new AssertionError(what);
    }

    /// Copies "in" to "out"; every second transaction is aborted, and its records are read once more.
    static void copy() {
        try (var reader = consumer("copies"); var writer = producer("transactional.id", "copies")) {
            writer.initTransactions();
            reader.subscribe(List.of("in"));
            for (int copied = 0, round = 0; copied < COUNT; ++round) {
                var batch = reader.poll(Duration.ofSeconds(30));
                demand(!batch.isEmpty(), copied + " of " + COUNT + " records came");
                writer.beginTransaction();
                var places = new HashMap<TopicPartition, OffsetAndMetadata>();
                for (var record : batch) {
                    writer.send(new ProducerRecord<>("out", record.value()));
                    places.put(new TopicPartition("in", record.partition()), new OffsetAndMetadata(record.offset() + 1));
                }
                if (round % 2 == 1) {
                    writer.sendOffsetsToTransaction(places, reader.groupMetadata());
                    writer.commitTransaction();
                    copied += batch.count();
                    continue;
                }
                writer.abortTransaction();
                for (var place : batch.partitions()) reader.seek(place, batch.records(place).get(0).offset());
            }
        }
        var seen = new ArrayList<String>();
        try (var reader = consumer("checker")) {
            reader.subscribe(List.of("out"));
            while (seen.size() < COUNT) {
                var batch = reader.poll(Duration.ofSeconds(30));
                demand(!batch.isEmpty(), seen.size() + " of " + COUNT + " copies came");
                for (var record : batch) seen.add(record.value());
            }
            demand(reader.poll(Duration.ofSeconds(1)).isEmpty(), "a copy came twice");
        }
        demand(new HashSet<>(seen).size() == COUNT, "copies came twice");
    }

    static void fence(Admin admin) throws Exception {
        var old = producer("transactional.id", "one");
        old.initTransactions();
        old.beginTransaction();
        old.send(new ProducerRecord<>("out", "old")).get();
        var listed = admin.listTransactions().all().get();
        demand(listed.stream().anyMatch(one -> one.transactionalId().equals("one") &&
            one.state() == TransactionState.ONGOING), listed);
        var described = admin.describeTransactions(List.of("one")).description("one").get();
        demand(described.topicPartitions().size() == 1, described);
        var place = described.topicPartitions().iterator().next();
        var writing = admin.describeProducers(List.of(place)).partitionResult(place).get().activeProducers();
        demand(writing.stream().anyMatch(one -> one.currentTransactionStartOffset().isPresent()), writing);
        try (var fresh = producer("transactional.id", "one")) {
            fresh.initTransactions();
            try {
                old.commitTransaction();
                throw new AssertionError("a fenced producer has committed");
            } catch (KafkaException expected) {
                old.close(Duration.ofSeconds(5));
            }
            fresh.beginTransaction();
            fresh.send(new ProducerRecord<>("out", "new"));
            fresh.commitTransaction();
        }
    }

    public static void main(String[] arguments) throws Exception {
        address = arguments[0];
        try (var admin = Admin.create(properties())) {
            admin.createTopics(List.of(new NewTopic("in", 2, (short) 1), new NewTopic("out", 3, (short) 1))).all().get();
            try (var writer = producer()) {
                for (int i = 0; i < COUNT; ++i) writer.send(new ProducerRecord<>("in", "" + i));
            }
            copy();
            fence(admin);
        }
    }
}
