import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.util.ReflectionUtils;

/// ReadBack DIRECTORY: what Hadoop finds in it, file by file in the order of their names: "file NAME", the numbers in it
/// as N, then the events, a line each.
public class ReadBack {
    public static void main(String[] args) throws Exception {
        Configuration configuration = new Configuration();
        FileSystem files = FileSystem.get(URI.create(args[0]), configuration);
        FileStatus[] all = files.listStatus(new Path(args[0]));
        Arrays.sort(all);
        for (FileStatus file : all) {
            if (file.getPath().getName().endsWith(".crc")) continue;
            System.out.println("file " + file.getPath().getName().replaceAll("[0-9]{7,}", "N"));
            byte[] head = new byte[3];
            try (InputStream in = files.open(file.getPath())) {
                int read = in.read(head);
                if (read == 3 && new String(head, "ISO-8859-1").equals("SEQ")) {
                    readSequence(configuration, file.getPath());
                    continue;
                }
            }
            CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(file.getPath());
            try (InputStream in = files.open(file.getPath())) {
                (codec == null ? in : codec.createInputStream(in)).transferTo(System.out);
            }
        }
        System.out.flush();
    }

    private static void readSequence(Configuration configuration, Path path) throws Exception {
        try (SequenceFile.Reader reader = new SequenceFile.Reader(configuration, SequenceFile.Reader.file(path))) {
            LongWritable key = new LongWritable();
            Writable value = (Writable) ReflectionUtils.newInstance(reader.getValueClass(), configuration);
            while (reader.next(key, value)) {
                if (key.get() < 1_500_000_000_000L) throw new IllegalStateException("a key is no time: " + key);
                String text = value instanceof Text ? value.toString()
                    : new String(((BytesWritable) value).copyBytes(), "UTF-8");
                System.out.println(text);
            }
        }
    }
}
