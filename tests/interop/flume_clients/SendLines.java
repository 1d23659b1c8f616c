import org.apache.flume.clients.log4jappender.Log4jAppender;
import org.apache.log4j.Logger;
import org.apache.log4j.PatternLayout;

/** Logs "seq=1" … "seq=N" through Flume's appender for Log4j 1. */
public class SendLines {
    public static void main(String[] arguments) {
        Log4jAppender appender = new Log4jAppender(arguments[0], Integer.parseInt(arguments[1]));
        appender.setLayout(new PatternLayout("%m%n"));
        appender.activateOptions();
        Logger logger = Logger.getLogger("sender");
        logger.addAppender(appender);
        for (int i = 1; i <= Integer.parseInt(arguments[2]); ++i) logger.info("seq=" + i);
        appender.close();
    }
}
