/*
title:
  en: A person's family and their custodies
  es: La familia de una persona y sus detenciones
description:
  en: >
    The person and their kin up to some ties away, one row a custody, or one row where there is
    none. "what they are" reads from the relative to the person, step by step: "spouse of; child of"
    is the spouse of a child of the person, who is named under "through". Of several ways equally
    short one is shown. Friends, colleagues and lawyers are no kin. "held because of them" names
    those whose detention a source, or somebody a source quotes, ties to that relative; the column
    after it says how sure the least sure of these, and of "held because of", is.
  es: >
    La persona y sus familiares hasta cierto número de vínculos, una fila por detención, o una sola
    si no la hay. "qué es" se lee paso a paso, del familiar a la persona: "cónyuge de; hija o hijo
    de" es cónyuge de una hija o un hijo de la persona, cuyo nombre está en "por medio de". Si hay
    varios caminos igual de cortos se muestra uno. Amistades, colegas y abogados no son familia. "en
    detención a causa suya" nombra a quienes una fuente, o alguien a quien una fuente cita, vincula
    con ese familiar; la columna siguiente dice qué tan seguro es lo menos seguro de eso y de "en
    detención a causa de".
theme: ties
returns: table
parameters:
  id:
    type: id
    en: the person
    es: la persona
    choices: MATCH (p:Person) RETURN p.id AS id ORDER BY id
  depth: {type: integer, default: 2, en: "how many ties away, 4 at most", es: "hasta cuántos vínculos, 4 a lo sumo"}
columns:
  person: {en: person, es: persona}
  ties: {en: ties away, es: a cuántos vínculos}
  kinship: {en: what they are, es: qué es, kind: "word:kinship"}
  through: {en: through, es: por medio de}
  in_words: {en: in words, es: en palabras, kind: "word:people_in_words"}
  status: {en: status, es: situación, kind: "word:custody_status"}
  status_as_of: {en: status as of, es: situación al}
  started: {en: taken on, es: detención desde}
  ended: {en: ended on, es: detención hasta}
  because_of: {en: held because of, es: en detención a causa de}
  hostages: {en: held because of them, es: en detención a causa suya}
  because_confidence:
    en: how sure because of whom
    es: certeza de a causa de quién
    kind: "word:confidence"
  confidence: {en: confidence, es: certeza, kind: "word:confidence"}
  disputed: {en: in dispute, es: en disputa, kind: "field:Detention"}
  person_id: {en: id, es: id}
  detention_id: {en: id of the custody, es: id de la detención}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - fixture: kin
    given: {id: tomas-buscado}
    columns: [person, ties, kinship, through, in_words, status, status_as_of, because_of, hostages, because_confidence, confidence, detention_id, sources]
    rows:
      - [Tomás Buscado Ficticio, 0, [], [], [], null, null, [], [Rosa Buscado Ficticia], alleged, reported, null, [s3]]
      - [Hugo Cuñado Ficticio, 1, [in_law_of], [], [brother-in-law], released, 2025-06-30, [], [], null, alleged, d-hugo, [s1]]
      - [Luis Buscado Sintético, 1, [child_of], [], [son], detained, 2025-06-30, [], [], null, reported, d-luis, [s1]]
      - [Nora Pareja Ficticia, 1, [spouse_of], [], [wife], house_arrest, 2025-06-30, [], [], null, reported, d-nora, [s1, s2]]
      - [Rosa Buscado Ficticia, 1, [sibling_of], [], [younger sister], detained, 2025-06-30, [Tomás Buscado Ficticio], [], alleged, reported, d-rosa, [s1, s3]]
      # The row that makes him her grandparent is shorter than the way through her father.
      - [minor, 1, [relative_of], [], [], null, null, [], [], null, reported, null, [s1]]
      - [Elena Cuñado Ficticia, 2, [spouse_of, in_law_of], [Hugo Cuñado Ficticio], [brother-in-law], null, null, [], [], null, reported, null, [s1]]
    # Three ties away; a friend; another family.
    never: [bruno-lejano, pia-amiga, saul-fuga]
  - fixture: kin
    given: {id: bruno-lejano, depth: 3}
    columns: [person, ties, kinship, through]
    rows:
      - [Bruno Lejano Ficticio, 0, [], []]
      - [Elena Cuñado Ficticia, 1, [sibling_of], []]
      - [Hugo Cuñado Ficticio, 2, [spouse_of, sibling_of], [Elena Cuñado Ficticia]]
      - [Tomás Buscado Ficticio, 3, [in_law_of, spouse_of, sibling_of], [Hugo Cuñado Ficticio, Elena Cuñado Ficticia]]
    # A fourth tie.
    never: [rosa-buscado, luis-buscado]
*/
MATCH (p:Person {id: $id})
MATCH (p) ((a:Person)-[r:RELATED_TO WHERE r.kind IN ['parent_of', 'child_of', 'grandparent_of',
  'sibling_of', 'spouse_of', 'partner_of', 'in_law_of', 'relative_of']]-(b:Person)){0,4} (kin:Person)
WHERE size(r) <= $depth
WITH kin, size(r) AS ties, range(size(r) - 1, 0, -1) AS inwards,
     [person IN b | person.id] AS ids, [person IN b | person.name] AS names,
     [tie IN r | startNode(tie).id] AS starts, [tie IN r | tie.kind] AS kinds,
     [tie IN r | tie.detail_from] AS from_words, [tie IN r | tie.detail_to] AS to_words,
     reduce(all = [], tie IN r | all + tie.claims) AS claims,
     [tie IN r | tie.confidence] AS grades
ORDER BY ties, reduce(way = '', id IN ids | way + id + ' '), reduce(way = '', k IN kinds | way + k)
WITH kin, collect({
  ties: ties, claims: claims, grades: grades,
  kinship: [i IN inwards | CASE
    WHEN starts[i] = ids[i] OR NOT kinds[i] IN ['parent_of', 'grandparent_of'] THEN kinds[i]
    WHEN kinds[i] = 'parent_of' THEN 'child_of'
    ELSE 'relative_of' END],
  through: [i IN inwards WHERE i < ties - 1 | names[i]],
  in_words: [said IN [i IN inwards
      | CASE WHEN starts[i] = ids[i] THEN from_words[i] ELSE to_words[i] END]
    WHERE said IS NOT NULL]
})[0] AS way
OPTIONAL MATCH (kin)-[taken:DETAINED_IN]->(d:Detention)
WITH kin, way, d, coalesce(taken.claims, []) AS taken_claims,
     way.grades + CASE WHEN d IS NULL THEN [kin.confidence]
       ELSE [taken.confidence, coalesce(d.status_confidence, d.confidence)] END AS grades,
     COLLECT {
       MATCH (d)-[o:BECAUSE_OF]->(target:Person)
       RETURN {name: target.name, confidence: o.confidence, claims: o.claims} ORDER BY target.name
     } AS targets,
     COLLECT {
       MATCH (kin)<-[o:BECAUSE_OF]-(:Detention)<-[:DETAINED_IN]-(held:Person)
       RETURN {name: held.name, confidence: o.confidence, claims: o.claims} ORDER BY held.name
     } AS hostages
WITH kin, way, d, taken_claims, grades, targets, hostages,
     [t IN targets + hostages | t.confidence] AS causes
RETURN kin.name AS person, way.ties AS ties, way.kinship AS kinship, way.through AS through,
       way.in_words AS in_words, CASE WHEN d IS NOT NULL THEN d.status END AS status,
       d.status_as_of AS status_as_of,
       d.started AS started, d.ended AS ended, [t IN targets | t.name] AS because_of,
       reduce(names = [], h IN hostages
              | CASE WHEN h.name IN names THEN names ELSE names + h.name END) AS hostages,
       CASE WHEN 'alleged' IN causes THEN 'alleged' WHEN 'reported' IN causes THEN 'reported'
         WHEN size(causes) > 0 THEN 'documented' END AS because_confidence,
       CASE WHEN 'alleged' IN grades THEN 'alleged' WHEN 'reported' IN grades THEN 'reported'
         ELSE 'documented' END AS confidence,
       coalesce(d.disputed, []) AS disputed, kin.id AS person_id, d.id AS detention_id,
       way.claims + taken_claims
                + reduce(all = [], t IN targets + hostages | all + t.claims) AS sources
ORDER BY ties, person, started, detention_id
