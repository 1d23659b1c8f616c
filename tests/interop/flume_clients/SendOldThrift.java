import com.cloudera.flume.handlers.thrift.Priority;
import com.cloudera.flume.handlers.thrift.ThriftFlumeEvent;
import com.cloudera.flume.handlers.thrift.ThriftFlumeEventServer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;

/** Sends "seq=1" … "seq=N" as an agent of Flume 0.9 does by Thrift. */
public class SendOldThrift {
    public static void main(String[] arguments) throws Exception {
        try (TSocket socket = new TSocket(arguments[0], Integer.parseInt(arguments[1]))) {
            socket.open();
            ThriftFlumeEventServer.Client client = new ThriftFlumeEventServer.Client(new TBinaryProtocol(socket));
            for (int i = 1; i <= Integer.parseInt(arguments[2]); ++i) {
                byte[] body = ("seq=" + i + "\n").getBytes(StandardCharsets.UTF_8);
                Map<String, ByteBuffer> fields = new HashMap<>();
                fields.put("k", ByteBuffer.wrap("v".getBytes(StandardCharsets.UTF_8)));
                client.append(new ThriftFlumeEvent(System.currentTimeMillis(), Priority.INFO, ByteBuffer.wrap(body),
                                                   System.nanoTime(), "web-1", fields));
            }
            client.close();
        }
    }
}
