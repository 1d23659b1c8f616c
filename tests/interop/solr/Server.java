import java.io.File;
import org.apache.solr.client.solrj.embedded.JettyConfig;
import org.apache.solr.client.solrj.embedded.JettySolrRunner;

/** Solr without a distribution: Server HOME PORT. */
public class Server {
    public static void main(String[] arguments) throws Exception {
        JettyConfig config = JettyConfig.builder().setPort(Integer.parseInt(arguments[1])).setContext("/solr").build();
        new JettySolrRunner(new File(arguments[0]).getAbsolutePath(), config).start();
        Thread.currentThread().join();
    }
}
