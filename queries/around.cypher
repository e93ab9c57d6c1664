/*
title:
  en: What lies around
  es: Qué hay alrededor
description:
  en: >
    Everything within some ties of one entity, with all ties among it. Ties count as they are stored:
    from a person to the prison there are two, by way of the detention. Nearer things come first, up
    to the limit. A detention at the edge comes with whom it holds. Read one step at a time.
  es: >
    Todo lo que está a cierto número de vínculos de una entidad, con todos los vínculos entre ello.
    Los vínculos se cuentan como están guardados: de una persona a la cárcel hay dos, por medio de la
    detención. Lo más cercano va primero, hasta el límite. Una detención del borde viene con la
    persona detenida. Se lee paso a paso.
theme: ties
returns: graph
then: surroundings
parameters:
  id: {type: id, en: the entity in the middle, es: la entidad del centro, choices: "MATCH (p:Person)-[:DETAINED_IN]->(:Detention) RETURN DISTINCT p.id AS id ORDER BY id"}
  depth: {type: integer, default: 2, en: "ties away at most, 1 to 5", es: "vínculos de distancia como máximo, de 1 a 5"}
  limit: {type: integer, default: 1000, en: entities at most, es: entidades como máximo}
  frontier: {type: list, default: [], en: the ids that a step starts from (set by the search), es: los id de los que parte un paso (los pone la búsqueda)}
  types: {type: list, default: [], en: the types of tie that a step takes (set by the search), es: los tipos de vínculo que toma un paso (los pone la búsqueda)}
  within: {type: list, default: [], en: the ids that a step may reach (set by the search), es: los id a los que llega un paso (los pone la búsqueda)}
columns:
  n: {en: from, es: desde}
  r: {en: tie, es: vínculo}
  m: {en: to, es: hacia}
answers:
  - given: {id: ana-prueba, depth: 1}
    nodes: [ana-prueba, d-ana, bruno-prueba]
    ties: {DETAINED_IN: 1, RELATED_TO: 1, BECAUSE_OF: 1}
    never: [carcel-uno, cuerpo-uno, s3]
  # At the edge a detention comes with whom it holds.
  - given: {id: carcel-dos, depth: 1}
    nodes: [carcel-dos, d-ana, ana-prueba, d-carla-2, carla-prueba]
    ties: {HELD_AT: 2, DETAINED_IN: 2}
    never: [bruno-prueba]
  # Whom it holds, then the official with two roles in it.
  - given: {id: d-ana, depth: 1, limit: 3}
    nodes: [d-ana, ana-prueba, dario-mando]
    ties: {DETAINED_IN: 1, INVOLVED_IN: 2}
    never: [carcel-uno]
  - given: {id: noe-prueba, depth: 5}
    nodes: [noe-prueba]
    ties: {}
    never: [olga-oculta]
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
OPTIONAL MATCH (n)-[r:DETAINED_IN|HELD_AT|ARRESTED_BY|CHARGED_WITH|UNDER|BECAUSE_OF|RELATED_TO|HOLDS_POST|PART_OF|OPERATES|INVOLVED_IN|TOOK_PART|CONCERNS|PART_OF_CASE|HAS_RULE|NAMES|FALLS_UNDER|AMNESTY]-(m:Person|Detention|Event|Place|Organization|Case|Charge|Law|Rule)
WHERE (size($types) = 0 OR type(r) IN $types) AND (size($within) = 0 OR m.id IN $within)
RETURN n, r, m
