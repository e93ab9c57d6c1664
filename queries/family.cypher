/*
title:
  en: Families and their custodies
  es: Familias y sus detenciones
description:
  en: >
    A person's kin up to some ties away, or all kin that there are, with their custodies and who is
    held because of whom. Friends, colleagues and lawyers are no kin.
  es: >
    Los familiares de una persona hasta cierto número de vínculos, o todos los que hay, con sus
    detenciones y quién está en detención a causa de quién. Amistades, colegas y abogados no son
    familia.
theme: ties
returns: graph
parameters:
  person:
    type: id
    default: null
    en: the person; blank is everybody
    es: la persona; en blanco, todas
    choices: MATCH (p:Person)-[:RELATED_TO]-(:Person) RETURN DISTINCT p.id AS id ORDER BY id
  depth: {type: integer, default: 2, en: "how many ties away, 4 at most", es: "hasta cuántos vínculos, 4 a lo sumo"}
columns:
  n: {en: person, es: persona}
  r: {en: kinship, es: parentesco}
  m: {en: relative, es: familiar}
  x: {en: tie, es: vínculo}
  d: {en: detention, es: detención}
  b: {en: because of, es: a causa de}
  target: {en: because of whom, es: a causa de quién}
  h: {en: because of them, es: a causa suya}
  c: {en: detention because of them, es: detención a causa suya}
  y: {en: tie, es: vínculo}
  held: {en: held because of them, es: en detención a causa suya}
answers:
  - fixture: kin
    given: {person: rosa-buscado, depth: 1}
    nodes: [rosa-buscado, tomas-buscado, d-rosa]
    ties: {RELATED_TO: 1, DETAINED_IN: 1, BECAUSE_OF: 1}
    never: [luis-buscado, d-luis]
  - fixture: kin
    given: {person: tomas-buscado}
    nodes: [tomas-buscado, rosa-buscado, d-rosa, luis-buscado, d-luis, nora-pareja, d-nora, hugo-cunado, d-hugo, elena-cunado, nieta-buscado]
    ties: {RELATED_TO: 8, DETAINED_IN: 4, BECAUSE_OF: 1}
    never: [bruno-lejano, pia-amiga, saul-fuga]
  - fixture: kin
    nodes: [tomas-buscado, rosa-buscado, d-rosa, luis-buscado, d-luis, nora-pareja, d-nora, hugo-cunado, d-hugo, elena-cunado, nieta-buscado, bruno-lejano, d-bruno, marta-fuga, d-marta, saul-fuga, d-saul-1, d-saul-2, ramon-fuga, d-ramon, ivan-cargo, d-ivan, julia-cargo, ada-pareja, d-ada, beto-pareja, d-beto]
    ties: {RELATED_TO: 13, DETAINED_IN: 12, BECAUSE_OF: 2}
    never: [pia-amiga, d-pia, quique-acusado, delito-uno]
*/
CALL {
  MATCH (p:Person {id: $person}) ((a:Person)-[t:RELATED_TO WHERE t.kind IN ['parent_of', 'child_of', 'grandparent_of', 'sibling_of',
    'spouse_of', 'partner_of', 'in_law_of', 'relative_of']]-(b:Person)){0,4} (kin:Person)
  WHERE size(t) <= $depth
  RETURN DISTINCT kin.id AS id
  UNION
  MATCH (kin:Person)-[t:RELATED_TO]-(:Person)
  WHERE $person IS NULL AND t.kind IN ['parent_of', 'child_of', 'grandparent_of', 'sibling_of',
    'spouse_of', 'partner_of', 'in_law_of', 'relative_of']
  RETURN DISTINCT kin.id AS id
}
WITH collect(id) AS family
UNWIND family AS id
MATCH (n:Person {id: id})
OPTIONAL MATCH (n)-[r:RELATED_TO]->(m:Person)
WHERE r.kind IN ['parent_of', 'child_of', 'grandparent_of', 'sibling_of',
  'spouse_of', 'partner_of', 'in_law_of', 'relative_of']
  AND ($person IS NULL OR m.id IN family)
OPTIONAL MATCH (n)-[x:DETAINED_IN]->(d:Detention)
OPTIONAL MATCH (d)-[b:BECAUSE_OF]->(target:Person)
OPTIONAL MATCH (n)<-[h:BECAUSE_OF]-(c:Detention)<-[y:DETAINED_IN]-(held:Person)
RETURN n, r, m, x, d, b, target, h, c, y, held
