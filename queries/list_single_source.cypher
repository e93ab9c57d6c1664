/*
title:
  en: What rests on one publisher alone
  es: Qué descansa en un solo medio
description:
  en: >
    Each fact that fewer publishers stand behind than asked for, two where nothing is asked: ties
    between people, custodies, bodies and so on; and where more stand behind a custody, its dates,
    status, basis and sentence if fewer say them. A page that copies an agency or a paper counts
    for that one. A second publisher is not yet a confirmation.
  es: >
    Cada hecho que tiene detrás menos medios de los que se piden, dos si no se pide nada: vínculos
    entre personas, detenciones, cuerpos, etc.; y, donde una detención tiene más, sus fechas, su
    situación, su motivo y su condena si los dicen menos. Una página que copia a una agencia o a
    otro medio cuenta para estos. Un segundo medio no es todavía una confirmación.
theme: evidence
returns: table
parameters:
  below: {type: integer, default: 2, en: fewer publishers than, es: menos medios que}
  only:
    type: text
    default: null
    en: "one kind of tie alone, such as BECAUSE_OF"
    es: "un solo tipo de vínculo, como BECAUSE_OF"
    choices: >
      MATCH ()-[r]->() WHERE r.publishers IS NOT NULL RETURN DISTINCT type(r) AS only ORDER BY only
columns:
  subject: {en: about, es: sobre, kind: name}
  label: {en: what it is, es: qué es, kind: label}
  tie: {en: tie or field, es: vínculo o dato, kind: field}
  detail: {en: detail, es: detalle, kind: detail}
  other: {en: with, es: con, kind: name}
  publishers: {en: how many publishers, es: cuántos medios}
  publisher: {en: which, es: cuáles}
  confidence: {en: confidence, es: certeza, kind: "word:confidence"}
  id: {en: id, es: id}
  other_id: {en: id of the other, es: id de lo otro}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - fixture: evidence
    given: {only: RELATED_TO}
    columns: [subject, label, tie, detail, other, publishers, publisher, confidence, sources]
    rows:
      # Two pages that copy one agency.
      - [Quim Prueba Dos, Person, RELATED_TO, friend_of, Rita Prueba Tres, 1, [Agencia Imaginaria], reported, [s2, s3]]
    # Told by two.
    never: [pia-prueba]
  - fixture: evidence
    given: {only: ARRESTED_BY}
    columns: [subject, other, publisher, id]
    rows:
      - [Pía Prueba Uno, Cuerpo Ficticio, [Gaceta Ficticia], d-pia]
      - [Quim Prueba Dos, Cuerpo Ficticio, [Agencia Imaginaria], d-quim]
      - [Rita Prueba Tres, Cuerpo Ficticio, [Gaceta Ficticia], d-rita-2]
      - [Saúl Prueba Cuatro, Cuerpo Ficticio, [Gaceta Ficticia], d-saul]
      - [Wanda Prueba Ocho, Cuerpo Ficticio, [Gaceta Ficticia], d-wanda]
      - [minor, Cuerpo Ficticio, [Gaceta Ficticia], d-una]
    never: [d-veli]
  - fixture: evidence
    given: {only: ARRESTED_BY, below: 3}
    columns: [id, publishers, publisher]
    rows:
      - [d-pia, 1, [Gaceta Ficticia]]
      - [d-quim, 1, [Agencia Imaginaria]]
      - [d-rita-2, 1, [Gaceta Ficticia]]
      - [d-saul, 1, [Gaceta Ficticia]]
      - [d-veli, 2, [Agencia Imaginaria, Gaceta Ficticia]]
      - [d-wanda, 1, [Gaceta Ficticia]]
      - [d-una, 1, [Gaceta Ficticia]]
    never: [d-rita-1]
*/
CALL {
  MATCH (a:Person|Detention|Event|Place|Organization|Case|Charge|Law|Rule)-[r]->(b)
  WHERE r.publishers < $below AND ($only IS NULL OR type(r) = $only)
  RETURN a, b, type(r) AS tie, coalesce(r.kind, r.role, r.title, r.status, r.outcome) AS detail,
         r.publishers AS publishers, r.confidence AS confidence, r.claims AS sources, COLLECT {
           UNWIND r.sources AS id
           MATCH (s:Source {id: id})
           RETURN DISTINCT coalesce(s.origin, s.publisher, s.title, s.id) AS name ORDER BY name
         } AS publisher
  UNION ALL
  MATCH (a:Detention)
  WHERE a.publishers >= $below AND $only IS NULL
  UNWIND [
    {name: 'started', value: a.started, publishers: a.started_publishers},
    {name: 'ended', value: a.ended, publishers: a.ended_publishers},
    {name: 'status', value: a.status, publishers: a.status_publishers},
    {name: 'basis', value: a.basis, publishers: a.basis_publishers},
    {name: 'sentence_years', value: toString(a.sentence_years),
     publishers: a.sentence_years_publishers}
  ] AS said
  WITH a, said
  WHERE said.publishers < $below AND said.value IS NOT NULL
  MATCH (a)<-[:ABOUT]-(c:Claim)
  WHERE c.superseded_by IS NULL AND any(i IN range(0, size(c.fields) - 1)
    WHERE c.subjects[i] = a.id AND c.fields[i] = said.name AND c.statuses[i] = 'accepted')
  OPTIONAL MATCH (c)-[:CITES]->(s:Source)
  WITH a, said, c.id AS claim, coalesce(s.origin, s.publisher, s.title, s.id) AS name
  ORDER BY name
  RETURN a, null AS b, said.name AS tie, said.value AS detail, said.publishers AS publishers,
         a.confidence AS confidence, collect(DISTINCT claim) AS sources,
         collect(DISTINCT name) AS publisher
}
OPTIONAL MATCH (held:Person)-[:DETAINED_IN]->(a)
OPTIONAL MATCH (of:Person)-[:DETAINED_IN]->(b)
WITH a, b, tie, detail, publishers, confidence, publisher, sources,
     coalesce(a.name, held.name) AS name, coalesce(b.name, of.name) AS other_name,
     [label IN labels(a) WHERE label IN ['Person', 'Detention', 'Event', 'Place',
       'Organization', 'Case', 'Charge', 'Law', 'Rule']][0] AS label
RETURN CASE WHEN name IS NULL THEN {
         en: coalesce(a.name_en, a.name_es, a.id), es: coalesce(a.name_es, a.name_en, a.id)
       } ELSE name END AS subject,
       label, tie, detail,
       CASE WHEN b IS NULL OR other_name IS NOT NULL THEN other_name ELSE {
         en: coalesce(b.name_en, b.name_es, b.id), es: coalesce(b.name_es, b.name_en, b.id)
       } END AS other,
       publishers, publisher, confidence, a.id AS id, b.id AS other_id, sources
ORDER BY label, name, id, tie, detail, other_id
