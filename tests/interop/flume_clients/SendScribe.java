import java.util.ArrayList;
import java.util.List;
import org.apache.flume.source.scribe.LogEntry;
import org.apache.flume.source.scribe.ResultCode;
import org.apache.flume.source.scribe.Scribe;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;
import org.apache.thrift.transport.layered.TFramedTransport;

/** Logs "seq=1" … "seq=N" by Scribe's protocol, a hundred at a time, until each is taken. */
public class SendScribe {
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[2]);
        try (TFramedTransport transport = new TFramedTransport(new TSocket(arguments[0], Integer.parseInt(arguments[1])))) {
            transport.open();
            Scribe.Client client = new Scribe.Client(new TBinaryProtocol(transport, false, false));
            List<LogEntry> entries = new ArrayList<>();
            for (int i = 1; i <= count; ++i) {
                LogEntry entry = new LogEntry();
                entry.setCategory("interop");
                entry.setMessage("seq=" + i + "\n");
                entries.add(entry);
                if (entries.size() < 100 && i < count) continue;
                while (client.Log(entries) != ResultCode.OK) Thread.sleep(50);
                entries.clear();
            }
        }
    }
}
