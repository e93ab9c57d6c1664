/*
title:
  en: A joint case and its people
  es: Un caso conjunto y sus personas
description:
  en: >
    Everybody whom a source makes part of the case, in whatever role, with their custody in it: where
    they were held, who took them, what they were charged with, because of whom they were held, the
    officials involved; and their kin.
  es: >
    Todas las personas que alguna fuente ubica en el caso, cualquiera que sea su papel, con su
    detención en él: dónde estuvieron, quién las aprehendió, qué se les imputó, a causa de quién, los
    funcionarios que participaron; y sus familiares.
theme: ties
returns: graph
parameters:
  id: {type: id, en: the case, es: el caso, choices: MATCH (c:Case) RETURN c.id AS id ORDER BY id}
columns:
  n: {en: from, es: desde}
  r: {en: tie, es: vínculo}
  m: {en: to, es: hacia}
answers:
  - fixture: kin
    given: {id: caso-uno}
    nodes: [caso-uno, d-nora, nora-pareja, d-quique, quique-acusado, zoe-acusada, vera-testigo, delito-uno, delito-dos, luis-buscado, tomas-buscado]
    ties: {PART_OF_CASE: 4, DETAINED_IN: 2, CHARGED_WITH: 3, RELATED_TO: 2}
    # Kin of kin, a custody outside the case, another case.
    never: [rosa-buscado, d-luis, caso-dos, ivan-cargo]
  - fixture: links
    given: {id: caso-dos}
    nodes: [caso-dos, d-beto-2, beto-prueba, d-carla, carla-prueba, carcel-uno, dora-ficticia]
    ties: {PART_OF_CASE: 2, DETAINED_IN: 2, HELD_AT: 2, INVOLVED_IN: 1}
    never: [d-beto-1, d-elena, caso-uno]
*/
MATCH (n:Detention|Person)-[r:PART_OF_CASE]->(m:Case {id: $id})
RETURN n, r, m
UNION ALL
MATCH (:Case {id: $id})<-[:PART_OF_CASE]-(m:Detention)<-[r:DETAINED_IN|INVOLVED_IN]-(n:Person)
RETURN n, r, m
UNION ALL
MATCH (:Case {id: $id})<-[:PART_OF_CASE]-(n:Detention)
      -[r:HELD_AT|ARRESTED_BY|CHARGED_WITH|BECAUSE_OF]->(m:Place|Organization|Charge|Person)
RETURN n, r, m
UNION ALL
MATCH (:Case {id: $id})<-[:PART_OF_CASE]-(:Detention)<-[:DETAINED_IN]-(n:Person)
      -[r:RELATED_TO]-(m:Person)
WHERE r.kind IN ['parent_of', 'child_of', 'grandparent_of', 'sibling_of',
  'spouse_of', 'partner_of', 'in_law_of', 'relative_of']
RETURN n, r, m
UNION ALL
MATCH (:Case {id: $id})<-[:PART_OF_CASE]-(n:Person)-[r:RELATED_TO]-(m:Person)
WHERE r.kind IN ['parent_of', 'child_of', 'grandparent_of', 'sibling_of',
  'spouse_of', 'partner_of', 'in_law_of', 'relative_of']
RETURN n, r, m
