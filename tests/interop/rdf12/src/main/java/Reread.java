import java.io.*;
import java.nio.file.*;
import org.apache.jena.riot.*;
import org.apache.jena.riot.system.*;
import org.apache.jena.sparql.core.DatasetGraph;

/**
 * Reads each file that a list names as strictly as Jena can, and writes what it understood as N-Quads beside it; of a
 * file that it does not take, it prints the name and why.
 */
public class Reread {
    public static void main(String[] lists) throws Exception {
        for (String name : Files.readAllLines(Paths.get(lists[0]))) {
            try {
                DatasetGraph read = RDFParser.source(name).lang(RDFLanguages.filenameToLang(name)).strict(true)
                    .errorHandler(ErrorHandlerFactory.errorHandlerStrictNoLogging).toDatasetGraph();
                try (OutputStream out = Files.newOutputStream(Paths.get(name + ".read.nq"))) {
                    RDFDataMgr.write(out, read, Lang.NQUADS);
                }
            } catch (RiotException refused) {
                System.out.println(name + "\t" + refused.getMessage());
            }
        }
    }
}
