// Reads a GraphML file with the library that Gephi Lite uses and prints what it finds, as JSON.
const fs = require("fs");
const { MultiGraph } = require("graphology");
const graphml = require("graphology-graphml");

const graph = graphml.parse(MultiGraph, fs.readFileSync(process.argv[2], "utf8"));
const nodes = Object.fromEntries(graph.mapNodes((id, attributes) => [id, attributes]));
const edges = Object.fromEntries(
  graph.mapEdges((id, attributes, source, target, _source, _target, undirected) => [
    id,
    { ...attributes, source, target, directed: !undirected },
  ]),
);
console.log(JSON.stringify({ nodes, edges }));
