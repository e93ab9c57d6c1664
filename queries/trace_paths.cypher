/*
title:
  en: How two are connected
  es: Cómo están conectados dos
description:
  en: >
    All shortest paths between two entities, each with the sources of its ties. Ties are followed in
    either direction. By default no path passes through a charge, a law or a rule, which connect
    everybody, nor through anything with more than 50 ties, such as a big prison; the answer says
    how many of these were met. The search goes one step at a time from both ends. A path shows
    that there are ties, not what they mean, nor that they held at the same time: a prison in common
    may be years apart. One row a path, those
    without an alleged tie first.
  es: >
    Todos los caminos más cortos entre dos entidades, cada uno con las fuentes de sus vínculos. Los
    vínculos se siguen en ambos sentidos. Por omisión ningún camino pasa por un delito, una ley o
    una regla, que conectan a todo el mundo, ni por nada con más de 50 vínculos, como una cárcel
    grande; la respuesta dice cuántos de estos aparecieron. La búsqueda avanza paso a paso desde
    ambos extremos. Un camino muestra que hay vínculos, no qué significan ni que coincidieran en
    el tiempo: una misma cárcel puede ser con años de diferencia. Una fila por camino; primero, los que no tienen ningún vínculo alegado.
theme: ties
returns: graph
then: shortest_paths
parameters:
  from: {type: id, en: from whom or what, es: desde quién o qué, choices: "MATCH (p:Person)-[:DETAINED_IN]->(:Detention) RETURN DISTINCT p.id AS id ORDER BY id"}
  to: {type: id, en: to whom or what, es: hasta quién o qué, choices: "MATCH (p:Person)-[:INVOLVED_IN]->(:Detention) RETURN DISTINCT p.id AS id ORDER BY id"}
  labels: {type: list, default: [], en: "pass through these labels alone (Person;Detention;…)", es: "pasar solo por estas etiquetas (Person;Detention;…)"}
  types: {type: list, default: [], en: "along these types of tie alone (RELATED_TO;…)", es: "solo por estos tipos de vínculo (RELATED_TO;…)"}
  without: {type: list, default: [Charge, Law, Rule], en: never through these labels, es: nunca por estas etiquetas}
  max_ties: {type: integer, default: 50, en: never through what has more ties, es: nunca por lo que tiene más vínculos}
  max_length: {type: integer, default: 8, en: ties of a path at most, es: vínculos de un camino como máximo}
  limit: {type: integer, default: 100, en: paths listed at most, es: caminos listados como máximo}
  frontier: {type: list, default: [], en: the ids that a step starts from (set by the search), es: los id de los que parte un paso (los pone la búsqueda)}
columns:
  value: {en: ties, es: vínculos}
  path: {en: path, es: camino}
  confidence: {en: weakest tie, es: vínculo más débil, kind: "word:confidence"}
  disputed: {en: in dispute, es: en disputa, kind: field}
  ids: {en: ids on the way, es: id del camino}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - fixture: links
    given: {from: ana-prueba, to: elena-prueba}
    columns: [value, ids, confidence, sources]
    rows: [[2, [ana-prueba, gina-prueba, elena-prueba], reported, [s3]]]
    never: [dora-ficticia, d-ana, caso-uno]
  # Kinship and friendship set aside, ten ties through both cases and the judge are too many.
  - fixture: links
    given: {from: ana-prueba, to: elena-prueba, types: [DETAINED_IN, PART_OF_CASE, INVOLVED_IN]}
    columns: [value]
    rows: []
    never: [gina-prueba]
  - fixture: links
    given: {from: ana-prueba, to: carla-prueba, types: [DETAINED_IN, PART_OF_CASE, INVOLVED_IN]}
    columns: [value, ids]
    rows: [[8, [ana-prueba, d-ana, caso-uno, d-beto-1, beto-prueba, d-beto-2, caso-dos, d-carla, carla-prueba]]]
    never: [gina-prueba, carcel-uno]
  # A case and a prison in common; more than four custodies share the prison.
  - fixture: links
    given: {from: beto-prueba, to: carla-prueba}
    columns: [value, ids, sources]
    rows:
      - [4, [beto-prueba, d-beto-2, caso-dos, d-carla, carla-prueba], [s1, s2]]
      - [4, [beto-prueba, d-beto-2, carcel-uno, d-carla, carla-prueba], [s1, s2]]
    never: [dora-ficticia]
  - fixture: links
    given: {from: beto-prueba, to: carla-prueba, max_ties: 4}
    columns: [ids]
    rows: [[[beto-prueba, d-beto-2, caso-dos, d-carla, carla-prueba]]]
    never: [carcel-uno]
  - fixture: links
    given: {from: beto-prueba, to: carla-prueba, labels: [Detention, Place]}
    columns: [ids]
    rows: [[[beto-prueba, d-beto-2, carcel-uno, d-carla, carla-prueba]]]
    never: [caso-dos]
  # Two roles make two paths; the alleged one comes last.
  - fixture: links
    given: {from: elena-prueba, to: dora-ficticia}
    columns: [value, ids, confidence, sources]
    rows:
      - [2, [elena-prueba, d-elena, dora-ficticia], reported, [s2]]
      - [2, [elena-prueba, d-elena, dora-ficticia], alleged, [s2, s3]]
    never: [gina-prueba]
  # The same offence is no tie between two people, unless it is asked for.
  - fixture: links
    given: {from: ana-prueba, to: fidel-prueba}
    columns: [value]
    rows: []
    never: [delito-uno]
  - fixture: links
    given: {from: ana-prueba, to: fidel-prueba, without: []}
    columns: [value, ids]
    rows: [[4, [ana-prueba, d-ana, delito-uno, d-fidel, fidel-prueba]]]
    never: [ley-uno]
*/
UNWIND $frontier AS id
// Label by label: ArcadeDB uses no index for one of several.
CALL {
  WITH id MATCH (n:Person {id: id}) RETURN n
  UNION ALL
  WITH id MATCH (n:Detention {id: id}) RETURN n
  UNION ALL
  WITH id MATCH (n:Event {id: id}) RETURN n
  UNION ALL
  WITH id MATCH (n:Place {id: id}) RETURN n
  UNION ALL
  WITH id MATCH (n:Organization {id: id}) RETURN n
  UNION ALL
  WITH id MATCH (n:Case {id: id}) RETURN n
  UNION ALL
  WITH id MATCH (n:Charge {id: id}) RETURN n
  UNION ALL
  WITH id MATCH (n:Law {id: id}) RETURN n
  UNION ALL
  WITH id MATCH (n:Rule {id: id}) RETURN n
}
WITH n, COUNT {
  (n)-[:DETAINED_IN|HELD_AT|ARRESTED_BY|CHARGED_WITH|UNDER|BECAUSE_OF|RELATED_TO|HOLDS_POST|PART_OF|OPERATES|INVOLVED_IN|TOOK_PART|CONCERNS|PART_OF_CASE|HAS_RULE|NAMES|FALLS_UNDER|AMNESTY]-()
} AS ties
OPTIONAL MATCH (n)-[r:DETAINED_IN|HELD_AT|ARRESTED_BY|CHARGED_WITH|UNDER|BECAUSE_OF|RELATED_TO|HOLDS_POST|PART_OF|OPERATES|INVOLVED_IN|TOOK_PART|CONCERNS|PART_OF_CASE|HAS_RULE|NAMES|FALLS_UNDER|AMNESTY]-(m:Person|Detention|Event|Place|Organization|Case|Charge|Law|Rule)
WHERE (ties <= $max_ties OR n.id IN [$from, $to])
  AND (size($types) = 0 OR type(r) IN $types)
  AND (m.id IN [$from, $to]
    OR ((size($labels) = 0 OR any(label IN labels(m) WHERE label IN $labels))
      AND none(label IN labels(m) WHERE label IN $without)))
RETURN n, r, m
