import java.io.*;
import java.nio.file.*;
import org.apache.jena.riot.*;
import org.apache.jena.riot.system.*;
import org.apache.jena.sparql.core.DatasetGraph;

/** Reads each file as strictly as Jena can, and writes what it understood as N-Quads beside it. */
public class Reread {
    public static void main(String[] names) throws Exception {
        for (String name : names) {
            DatasetGraph read = RDFParser.source(name).lang(RDFLanguages.filenameToLang(name)).strict(true)
                .errorHandler(ErrorHandlerFactory.errorHandlerStrict).toDatasetGraph();
            try (OutputStream out = Files.newOutputStream(Paths.get(name + ".read.nq"))) {
                RDFDataMgr.write(out, read, Lang.NQUADS);
            }
        }
    }
}
