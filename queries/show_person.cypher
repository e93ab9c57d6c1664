/*
title:
  en: All that ties one person to others
  es: Todo lo que vincula a una persona con otras
description:
  en: >
    Every tie of a person and of their detentions, one a row, with its confidence, what is in
    dispute, and its sources. For a page to read: vinculos show ID
  es: >
    Cada vínculo de una persona y de sus detenciones, uno por fila, con su certeza, lo que está en
    disputa y sus fuentes. Para leerlo como ficha: vinculos show ID
theme: overview
returns: table
parameters:
  id:
    type: id
    en: the person
    es: la persona
    choices: MATCH (p:Person) RETURN p.id AS id ORDER BY id
columns:
  about: {en: of the, es: de la, kind: label}
  tie: {en: tie, es: vínculo, kind: label}
  direction: {en: direction, es: dirección, kind: "word:direction"}
  what: {en: what, es: qué es, kind: label}
  other: {en: with, es: con}
  detail: {en: detail, es: detalle, kind: detail}
  started: {en: from, es: desde}
  ended: {en: to, es: hasta}
  confidence: {en: confidence, es: certeza, kind: "word:confidence"}
  disputed: {en: in dispute, es: en disputa, kind: field}
  about_id: {en: id, es: id}
  other_id: {en: id of the other, es: id de lo otro}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - given: {id: carla-prueba}
    columns: [about, tie, direction, other, detail, confidence, disputed, sources]
    rows:
      - [Person, DETAINED_IN, out, d-carla-1, null, reported, [], [s2]]
      - [Person, DETAINED_IN, out, d-carla-2, null, reported, [], [s2]]
      - [Person, RELATED_TO, in, Bruno Prueba Dos, colleague_of, reported, [], [s2]]
      - [Detention, CONCERNS, in, Synthetic trial about a detention, null, reported, [], [s2]]
      - [Detention, HELD_AT, out, Cárcel Ficticia Uno, null, reported, [], [s2]]
      - [Detention, CHARGED_WITH, out, Delito sintético, accused, reported, [], [s2]]
      - [Detention, HELD_AT, out, Cárcel Ficticia Dos, null, reported, [], [s2]]
      - [Detention, INVOLVED_IN, in, Darío Mando Ficticio, ordered, alleged, [], [s2]]
      - [Detention, INVOLVED_IN, in, Elisa Jueza Ficticia, presided, reported, [], [s2]]
    # The custody of another, in the same prison.
    never: [d-ana, ana-prueba]
*/
MATCH (p:Person {id: $id})
OPTIONAL MATCH (p)-[:DETAINED_IN]->(d:Detention)
WITH p, collect(d) AS custodies
UNWIND [p] + custodies AS n
MATCH (n)-[r]-(m)
WHERE NOT m:Claim AND NOT (n:Detention AND type(r) = 'DETAINED_IN')
WITH n, r, m, startNode(r).id = n.id AS outward
WITH n, r, m, outward, r.claims AS sources
RETURN CASE WHEN n:Person THEN 'Person' ELSE 'Detention' END AS about,
       type(r) AS tie,
       CASE WHEN outward THEN 'out' ELSE 'in' END AS direction,
       [label IN labels(m) WHERE label IN ['Person', 'Detention', 'Event', 'Place',
         'Organization', 'Case', 'Charge', 'Law', 'Rule', 'Source']][0] AS what,
       coalesce(m.name, m.title, m.name_es, m.name_en, m.id) AS other,
       coalesce(r.kind, r.role, r.title, r.status, r.outcome) AS detail,
       coalesce(r.started, m.started) AS started, coalesce(r.ended, m.ended) AS ended,
       r.confidence AS confidence, r.disputed AS disputed, n.id AS about_id, m.id AS other_id,
       sources
ORDER BY about DESC, about_id, tie, started, other, other_id
