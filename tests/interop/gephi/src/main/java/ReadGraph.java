import com.google.gson.Gson;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Element;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Interval;
import org.gephi.graph.api.Node;
import org.gephi.graph.api.Table;
import org.gephi.io.exporter.api.ExportController;
import org.gephi.io.exporter.preview.PNGExporter;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.EdgeMergeStrategy;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.processor.plugin.AppendProcessor;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.layout.plugin.forceAtlas2.ForceAtlas2;
import org.gephi.layout.plugin.forceAtlas2.ForceAtlas2Builder;
import org.gephi.preview.api.PreviewController;
import org.gephi.preview.api.PreviewProperty;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

/**
 * Imports graph files with Gephi's own importers, one into the other, and prints what Gephi then knows, as
 * JSON. Arguments: where to draw it as it stands, where after a layout of Gephi's own (both as a PDF and a
 * PNG, and both without the suffix), the files. Its PNG exporter needs a screen, be it one of Xvfb's.
 */
public final class ReadGraph {
  public static void main(String[] arguments) throws Exception {
    ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
    projects.newProject();
    Workspace workspace = projects.getCurrentWorkspace();
    ImportController importer = Lookup.getDefault().lookup(ImportController.class);
    Map<String, Object> result = new LinkedHashMap<>();
    boolean verified = true;
    List<String> issues = new ArrayList<>();
    for (int index = 2; index < arguments.length; index++) {
      Container container = importer.importFile(new File(arguments[index]));
      verified &= container.verify(); // Gephi's window calls this; the toolkit does not
      for (Iterator<Issue> each = container.getReport().getIssues(Integer.MAX_VALUE); each.hasNext(); ) {
        Issue issue = each.next();
        issues.add(issue.getLevel() + " " + issue.getMessage());
      }
      container.getLoader().setEdgesMergeStrategy(EdgeMergeStrategy.NO_MERGE);
      importer.process(container, index == 2 ? new DefaultProcessor() : new AppendProcessor(), workspace);
    }
    result.put("verified", verified);
    result.put("issues", issues);

    GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace);
    Map<String, Object> nodes = new LinkedHashMap<>();
    for (Node node : model.getGraph().getNodes()) {
      Map<String, Object> row = columns(node, model.getNodeTable());
      row.put("label", node.getLabel());
      row.put("color", String.format("#%06x", node.getColor().getRGB() & 0xffffff));
      row.put("size", node.size());
      row.put("x", node.x());
      row.put("y", node.y());
      row.put("times", times(node));
      nodes.put(node.getId().toString(), row);
    }
    Map<String, Object> edges = new LinkedHashMap<>();
    for (Edge edge : model.getGraph().getEdges()) {
      Map<String, Object> row = columns(edge, model.getEdgeTable());
      row.put("label", edge.getLabel());
      row.put("kind", edge.getTypeLabel());
      row.put("weight", edge.getWeight());
      row.put("directed", edge.isDirected());
      row.put("times", times(edge));
      row.put("source", edge.getSource().getId());
      row.put("target", edge.getTarget().getId());
      edges.put(edge.getId().toString(), row);
    }
    result.put("nodes", nodes);
    result.put("edges", edges);

    if (model.getGraph().getNodeCount() > 0) {
      PreviewController preview = Lookup.getDefault().lookup(PreviewController.class);
      preview.getModel().getProperties().putValue(PreviewProperty.SHOW_NODE_LABELS, true);
      preview.getModel().getProperties().putValue(PreviewProperty.NODE_LABEL_PROPORTIONAL_SIZE, false);
      draw(arguments[0], workspace);
      ForceAtlas2 layout = new ForceAtlas2Builder().buildLayout();
      layout.setGraphModel(model);
      layout.initAlgo();
      for (int step = 0; step < 10 && layout.canAlgo(); step++) {
        layout.goAlgo();
      }
      layout.endAlgo();
      draw(arguments[1], workspace);
    }
    System.out.println(new Gson().toJson(result));
    System.exit(0); // the platform leaves threads running
  }

  private static void draw(String path, Workspace workspace) throws IOException {
    ExportController exporter = Lookup.getDefault().lookup(ExportController.class);
    exporter.exportFile(new File(path + ".pdf"), workspace);
    PNGExporter png = new PNGExporter(); // the controller does not find it by the suffix
    png.setWorkspace(workspace);
    exporter.exportFile(new File(path + ".png"), png);
  }

  /** Returns when an element is there, as Gephi's timeline has it. */
  private static String times(Element element) {
    Interval[] intervals = element.getIntervals();
    return intervals == null ? "" : Arrays.toString(intervals);
  }

  private static Map<String, Object> columns(Element element, Table table) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (Column column : table) {
      if (!column.isProperty() && !column.getId().equals("timeset") && element.getAttribute(column) != null) {
        row.put(column.getTitle(), element.getAttribute(column));
      }
    }
    return row;
  }
}
