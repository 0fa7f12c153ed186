import java.io.StringReader;
import java.nio.file.*;
import java.util.*;
import org.apache.jena.graph.Graph;
import org.apache.jena.rdf.model.*;
import org.apache.jena.riot.*;
import org.apache.jena.shacl.*;
import org.apache.jena.vocabulary.RDF;
import org.topbraid.shacl.validation.ValidationUtil;

/** Prints what Jena and TopBraid find in each graph: engine, file, shape, focus node, value. */
public class Validate {
    static final String SH = "http://www.w3.org/ns/shacl#";

    public static void main(String[] arguments) throws Exception {
        Model shapes = RDFDataMgr.loadModel(arguments[0]);
        Shapes parsed = Shapes.parse(shapes.getGraph());
        for (String name : Arrays.copyOfRange(arguments, 1, arguments.length)) {
            Model data = RDFDataMgr.loadModel(name);
            ValidationReport report = ShaclValidator.get().validate(parsed, data.getGraph());
            print("jena", name, report.getModel());
            Resource found = ValidationUtil.validateModel(data, shapes, false);
            print("topbraid", name, found.getModel());
        }
    }

    static void print(String engine, String file, Model report) {
        Set<String> lines = new TreeSet<>();
        report.listSubjectsWithProperty(RDF.type, report.createResource(SH + "ValidationResult")).forEach(result ->
            lines.add(String.join("\t", engine, Paths.get(file).getFileName().toString(),
                text(result, "sourceShape"), text(result, "focusNode"), text(result, "value"))));
        lines.forEach(System.out::println);
    }

    static String text(Resource result, String property) {
        Statement found = result.getProperty(result.getModel().createProperty(SH + property));
        if (found == null) return "";
        RDFNode node = found.getObject();
        return node.isLiteral() ? node.asLiteral().getLexicalForm().replaceAll("\\s", " ") : node.toString();
    }
}
