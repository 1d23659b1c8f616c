import java.io.File;
import java.util.TreeSet;
import org.apache.flume.node.MaterializedConfiguration;
import org.apache.flume.node.PropertiesFileConfigurationProvider;

/** For each file given: what Apache Flume would run of its agent a, "FILE: sources | channels | sinks and groups". */
public class Kept {
    public static void main(String[] files) {
        for (String file : files) System.out.println(new File(file).getName() + ": " + keptOf(new File(file)));
        System.exit(0);
    }

    private static String keptOf(File file) {
        try {
            MaterializedConfiguration kept = new PropertiesFileConfigurationProvider("a", file).getConfiguration();
            return String.join(" ", new TreeSet<>(kept.getSourceRunners().keySet())) + " | "
                + String.join(" ", new TreeSet<>(kept.getChannels().keySet())) + " | "
                + String.join(" ", new TreeSet<>(kept.getSinkRunners().keySet()));
        } catch (Throwable lost) {
            return " |  | ";
        }
    }
}
