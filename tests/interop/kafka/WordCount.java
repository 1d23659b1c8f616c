// A word count of Kafka Streams, exactly once, against a broker. Stopped in the middle and started again: each word is
// counted as often as it was written.
import java.nio.file.Files;
import java.time.Duration;
import java.util.*;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.serialization.*;
import org.apache.kafka.streams.*;
import org.apache.kafka.streams.kstream.*;

public class WordCount {
    static final int LINES = 500;
    static String address;

    static void write() {
        var properties = new Properties();
        properties.put("bootstrap.servers", address);
        try (var writer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < LINES; ++i) writer.send(new ProducerRecord<>("lines", "to be or not to be"));
        }
    }

    static KafkaStreams streams(String directory) {
        var builder = new StreamsBuilder();
        builder.stream("lines", Consumed.with(Serdes.String(), Serdes.String()))
            .flatMapValues(line -> Arrays.asList(line.split(" ")))
            .groupBy((key, word) -> word, Grouped.with(Serdes.String(), Serdes.String()))
            .count()
            .toStream()
            .to("counts", Produced.with(Serdes.String(), Serdes.Long()));
        var properties = new Properties();
        properties.put("bootstrap.servers", address);
        properties.put("application.id", "words");
        properties.put("processing.guarantee", "exactly_once_v2");
        properties.put("state.dir", directory);
        properties.put("commit.interval.ms", "50");
        properties.put("auto.offset.reset", "earliest");
        return new KafkaStreams(builder.build(), properties);
    }

    static Map<String, Long> expected(int times) {
        long lines = (long) LINES * times;
        return Map.of("to", 2 * lines, "be", 2 * lines, "or", lines, "not", lines);
    }

    /// Reads until the newest counts are these.
    static void await(Map<String, Long> wanted) {
        var properties = new Properties();
        properties.put("bootstrap.servers", address);
        properties.put("group.id", UUID.randomUUID().toString());
        properties.put("auto.offset.reset", "earliest");
        properties.put("isolation.level", "read_committed");
        var counts = new HashMap<String, Long>();
        try (var reader = new KafkaConsumer<>(properties, new StringDeserializer(), new LongDeserializer())) {
            reader.subscribe(List.of("counts"));
            for (int quiet = 0; !counts.equals(wanted); ) {
                var batch = reader.poll(Duration.ofSeconds(5));
                quiet = batch.isEmpty() ? quiet + 1 : 0;
                if (quiet == 12) throw new AssertionError(counts + " instead of " + wanted);
                for (var record : batch) counts.put(record.key(), record.value());
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        address = arguments[0];
        var directory = Files.createTempDirectory("words").toString();
        var properties = new Properties();
        properties.put("bootstrap.servers", address);
        try (var admin = Admin.create(properties)) {
            admin.createTopics(List.of(new NewTopic("lines", 2, (short) 1), new NewTopic("counts", 1, (short) 1))).all().get();
        }
        for (int times = 1; times <= 2; ++times) {
            write();
            try (var running = streams(directory)) {
                running.start();
                await(expected(times));
            }
        }
    }
}
