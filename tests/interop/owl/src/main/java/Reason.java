import java.io.File;
import java.util.*;
import java.util.stream.*;
import org.semanticweb.HermiT.*;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.*;
import org.semanticweb.owlapi.profiles.*;

/**
 * Prints what is not OWL 2 DL in the files taken together (kind, what it is about), whether HermiT, which passes over
 * datatypes that it does not know, finds them consistent, and the classes that nothing can be in.
 */
public class Reason {
    public static void main(String[] names) throws Exception {
        OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
        for (String name : names) manager.loadOntologyFromOntologyDocument(new File(name));
        Set<OWLAxiom> axioms = new HashSet<>();
        manager.getOntologies().forEach(one -> axioms.addAll(one.getAxioms()));
        OWLOntology all = manager.createOntology(axioms);
        for (OWLProfileViolation one : new OWL2DLProfile().checkOntology(all).getViolations())
            System.out.println(String.join("\t", "profile", one.getClass().getSimpleName(), one.getExpression().toString().replaceAll("\\s", " ")));
        Configuration configuration = new Configuration();
        configuration.ignoreUnsupportedDatatypes = true;
        configuration.throwInconsistentOntologyException = false;
        Reasoner hermit = new Reasoner(configuration, all);
        System.out.println("consistent\t" + hermit.isConsistent());
        if (!hermit.isConsistent()) return;
        hermit.getUnsatisfiableClasses().getEntitiesMinusBottom().forEach(one -> System.out.println("empty\t" + one));
    }
}
