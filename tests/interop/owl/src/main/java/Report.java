import java.io.File;
import java.util.*;
import org.obolibrary.robot.*;
import org.semanticweb.owlapi.model.OWLOntology;

/** Prints the ERRORs of ROBOT's report for ontologies, each in a file or in several joined by a path separator. */
public class Report {
    public static void main(String[] arguments) throws Exception {
        IOHelper helper = new IOHelper();
        for (String files : arguments) {
            List<OWLOntology> parts = new ArrayList<>();
            for (String file : files.split(File.pathSeparator)) parts.add(helper.loadOntology(new File(file)));
            OWLOntology whole = parts.size() == 1 ? parts.get(0) : MergeOperation.merge(parts, false, false);
            if (parts.size() > 1)
                parts.get(0).getAnnotations().forEach(one -> whole.getOWLOntologyManager().applyChange(
                    new org.semanticweb.owlapi.model.AddOntologyAnnotation(whole, one)));
            new TreeMap<>(ReportOperation.getReport(whole, helper, ReportOperation.getDefaultOptions()).errorCountByRule)
                .forEach((rule, count) -> System.out.println(String.join("\t", "rule", files, rule, count.toString())));
        }
    }
}
