import java.io.FileInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.flume.Event;
import org.apache.flume.api.RpcClient;
import org.apache.flume.api.RpcClientFactory;
import org.apache.flume.event.EventBuilder;

/** Sends "seq=1" … "seq=N" through a client of Flume's SDK that a properties file describes: one event, then batches. */
public class SendEvents {
    public static void main(String[] arguments) throws Exception {
        Properties properties = new Properties();
        properties.load(new FileInputStream(arguments[0]));
        int count = Integer.parseInt(arguments[1]);
        RpcClient client = RpcClientFactory.getInstance(properties);
        client.append(event(1));
        List<Event> batch = new ArrayList<>();
        for (int i = 2; i <= count; ++i) {
            batch.add(event(i));
            if (batch.size() < 100 && i < count) continue;
            client.appendBatch(batch);
            batch.clear();
        }
        client.close();
    }

    private static Event event(int number) {
        return EventBuilder.withBody("seq=" + number + "\n", StandardCharsets.UTF_8, java.util.Map.of("n", "" + number));
    }
}
