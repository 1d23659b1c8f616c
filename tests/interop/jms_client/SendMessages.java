import javax.jms.BytesMessage;
import javax.jms.Connection;
import javax.jms.Destination;
import javax.jms.Message;
import javax.jms.MessageProducer;
import javax.jms.Session;
import java.nio.charset.StandardCharsets;
import org.apache.qpid.jms.JmsConnectionFactory;

/** Sends "seq=FIRST" … "seq=LAST" to a queue or topic, texts and bytes by turns, each with the property parity. */
public class SendMessages {
    public static void main(String[] arguments) throws Exception {
        JmsConnectionFactory factory = new JmsConnectionFactory("etl", "hush", arguments[0]);
        boolean topic = arguments[1].equals("topic");
        try (Connection connection = factory.createConnection()) {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            Destination destination = topic ? session.createTopic(arguments[2]) : session.createQueue(arguments[2]);
            MessageProducer producer = session.createProducer(destination);
            for (int i = Integer.parseInt(arguments[3]); i <= Integer.parseInt(arguments[4]); ++i) {
                Message message = i % 2 == 0 ? session.createTextMessage("seq=" + i + "\n") : bytes(session, i);
                message.setStringProperty("parity", i % 2 == 0 ? "even" : "odd");
                producer.send(message);
            }
        }
    }

    private static BytesMessage bytes(Session session, int number) throws Exception {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(("seq=" + number + "\n").getBytes(StandardCharsets.UTF_8));
        return message;
    }
}
