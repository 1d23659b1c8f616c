import java.time.Duration;
import java.util.*;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import org.apache.kafka.common.errors.*;
import org.apache.kafka.common.serialization.*;

/** Users of SCRAM made by Admin; then every protocol and mechanism: produce, consume in a group, be refused. */
class Secure {
    static final int RECORDS = 200;
    static String trust;

    static Properties properties(String address, String protocol, String mechanism, String user, String password) {
        var p = new Properties();
        p.put("bootstrap.servers", address);
        p.put("security.protocol", protocol);
        p.put("request.timeout.ms", "20000");
        p.put("default.api.timeout.ms", "30000");
        if (protocol.endsWith("SSL")) {
            p.put("ssl.truststore.location", trust);
            p.put("ssl.truststore.password", "changeit");
        }
        if (!protocol.startsWith("SASL")) return p;
        p.put("sasl.mechanism", mechanism);
        String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        p.put("sasl.jaas.config", "org.apache.kafka.common.security." + module + " required username=\"" + user
                + "\" password=\"" + password + "\";");
        return p;
    }

    static void produceAndConsume(Properties base, String topic) throws Exception {
        var p = new Properties();
        p.putAll(base);
        p.put("acks", "all");
        try (var producer = new KafkaProducer<>(p, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < RECORDS; i++) producer.send(new ProducerRecord<>(topic, "" + i, "value " + i));
        }
        var c = new Properties();
        c.putAll(base);
        c.put("group.id", "group-of-" + topic);
        c.put("auto.offset.reset", "earliest");
        var seen = new HashSet<String>();
        try (var consumer = new KafkaConsumer<>(c, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            long end = System.nanoTime() + 60_000_000_000L;
            while (seen.size() < RECORDS && System.nanoTime() < end)
                for (var record : consumer.poll(Duration.ofMillis(200))) seen.add(record.value());
            consumer.commitSync();
        }
        if (seen.size() != RECORDS) throw new AssertionError(topic + ": " + seen.size() + " of " + RECORDS);
    }

    static void expect(Class<?> error, Properties properties) throws Exception {
        try (var admin = Admin.create(properties)) {
            admin.describeCluster().nodes().get();
        } catch (ExecutionException e) {
            if (error.isInstance(e.getCause())) return;
            throw e;
        }
        throw new AssertionError("no " + error.getSimpleName());
    }

    public static void main(String[] args) throws Exception {
        String plain = args[0], saslPlain = args[1], saslSsl = args[2], ssl = args[3], run = args[5];
        trust = args[4];
        var mechanisms = Map.of("SCRAM-SHA-256", ScramMechanism.SCRAM_SHA_256, "SCRAM-SHA-512",
                ScramMechanism.SCRAM_SHA_512);
        try (var admin = Admin.create(properties(plain, "PLAINTEXT", "", "", ""))) {
            var alterations = new ArrayList<UserScramCredentialAlteration>();
            for (var mechanism : mechanisms.values())
                alterations.add(new UserScramCredentialUpsertion("dora", new ScramCredentialInfo(mechanism, 8192), "secret, of \"dora\""));
            admin.alterUserScramCredentials(alterations).all().get();
            var dora = admin.describeUserScramCredentials(List.of("dora")).all().get().get("dora");
            if (dora.credentialInfos().size() != 2 || dora.credentialInfos().get(0).iterations() != 8192)
                throw new AssertionError(dora.toString());
        }
        for (String protocol : List.of("SASL_PLAINTEXT", "SASL_SSL")) {
            String address = protocol.equals("SASL_SSL") ? saslSsl : saslPlain;
            for (String mechanism : List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")) {
                boolean isPlain = mechanism.equals("PLAIN");
                produceAndConsume(properties(address, protocol, mechanism, isPlain ? "alice" : "dora",
                        isPlain ? "alice-secret" : "secret, of \\\"dora\\\""), run + "-" + protocol + "-" + mechanism);
                expect(SaslAuthenticationException.class, properties(address, protocol, mechanism, "alice", "guess"));
            }
        }
        produceAndConsume(properties(ssl, "SSL", "", "", ""), run + "-SSL");
        try (var admin = Admin.create(properties(plain, "PLAINTEXT", "", "", ""))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialDeletion("dora", ScramMechanism.SCRAM_SHA_256),
                    new UserScramCredentialDeletion("dora", ScramMechanism.SCRAM_SHA_512))).all().get();
        }
        expect(SaslAuthenticationException.class, properties(saslPlain, "SASL_PLAINTEXT", "SCRAM-SHA-256", "dora", "secret"));
        System.out.println("all of it");
    }
}
