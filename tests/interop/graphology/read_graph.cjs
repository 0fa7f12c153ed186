// Reads a GraphML or GEXF file with the libraries that Gephi Lite uses, and Cytoscape JSON with cytoscape.js;
// prints what they find, as JSON.
const fs = require("fs");

const [path] = process.argv.slice(2);
const text = fs.readFileSync(path, "utf8");

function byGraphology(parse) {
  const { MultiGraph } = require("graphology");
  const graph = parse(MultiGraph, text);
  const nodes = Object.fromEntries(graph.mapNodes((id, attributes) => [id, attributes]));
  const edges = Object.fromEntries(
    graph.mapEdges((id, attributes, source, target, _source, _target, undirected) => [
      id,
      { ...attributes, source, target, directed: !undirected },
    ]),
  );
  return { nodes, edges };
}

function byCytoscape() {
  const { elements: given } = JSON.parse(text);
  const elements = require("cytoscape")({ headless: true, elements: given, layout: { name: "preset" } });
  const rows = (found, more) => Object.fromEntries(found.map((each) => [each.id(), { ...each.data(), ...more(each) }]));
  return { nodes: rows(elements.nodes(), (node) => node.position()), edges: rows(elements.edges(), () => ({})) };
}

const readers = {
  graphml: () => byGraphology(require("graphology-graphml").parse),
  gexf: () => byGraphology(require("graphology-gexf").parse),
  cyjs: byCytoscape,
};
console.log(JSON.stringify(readers[path.split(".").pop()]()));
