import com.cloudera.flume.handlers.avro.AvroFlumeOGEvent;
import com.cloudera.flume.handlers.avro.FlumeOGEventAvroServer;
import com.cloudera.flume.handlers.avro.Priority;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.ipc.HttpTransceiver;
import org.apache.avro.ipc.specific.SpecificRequestor;

/** Sends "seq=1" … "seq=N" as an agent of Flume 0.9 does by Avro. */
public class SendOldAvro {
    public static void main(String[] arguments) throws Exception {
        HttpTransceiver transceiver = new HttpTransceiver(new URL("http://" + arguments[0] + ":" + arguments[1]));
        FlumeOGEventAvroServer client = SpecificRequestor.getClient(FlumeOGEventAvroServer.class, transceiver);
        for (int i = 1; i <= Integer.parseInt(arguments[2]); ++i) {
            AvroFlumeOGEvent event = new AvroFlumeOGEvent();
            event.setTimestamp(System.currentTimeMillis());
            event.setPriority(Priority.INFO);
            event.setBody(ByteBuffer.wrap(("seq=" + i + "\n").getBytes(StandardCharsets.UTF_8)));
            event.setNanos(System.nanoTime());
            event.setHost("web-1");
            Map<CharSequence, ByteBuffer> fields = new HashMap<>();
            fields.put("k", ByteBuffer.wrap("v".getBytes(StandardCharsets.UTF_8)));
            event.setFields(fields);
            client.append(event);
        }
    }
}
