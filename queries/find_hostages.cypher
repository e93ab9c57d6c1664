/*
title:
  en: Who is held because of someone else
  es: Quién está en detención a causa de otra persona
description:
  en: >
    Each custody that a source, or somebody a source quotes, ties to another person (hostage by
    association). "alleged" is an allegation, not a finding. One row a custody and target.
  es: >
    Cada detención que una fuente, o alguien a quien una fuente cita, vincula con otra persona
    (rehén por asociación). "alegado" es un señalamiento, no un hecho probado. Una fila por
    detención y persona buscada.
theme: ties
returns: table
columns:
  person: {en: held, es: persona detenida}
  because_of: {en: because of, es: a causa de}
  kinship: {en: what they are to them, es: qué es de esa persona, kind: "word:kinship"}
  in_words: {en: in words, es: en palabras}
  asserted_by: {en: who says so, es: quién lo afirma}
  confidence: {en: confidence, es: certeza, kind: "word:confidence"}
  status: {en: status, es: situación, kind: "word:custody_status"}
  status_as_of: {en: status as of, es: situación al}
  started: {en: taken on, es: detención desde}
  ended: {en: ended on, es: detención hasta}
  disputed: {en: in dispute, es: en disputa, kind: "field:Detention"}
  person_id: {en: id, es: id}
  because_of_id: {en: id of the other, es: id de la otra persona}
  detention_id: {en: id of the custody, es: id de la detención}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - columns: [person, because_of, kinship, in_words, asserted_by, confidence, status, started, disputed, detention_id, sources]
    rows:
      - [Ana Prueba Uno, Bruno Prueba Dos, [in_law_of], [sister-in-law], [Synthetic family], documented, detained, 2025-01-07, [started], d-ana, [s1, s3]]
      - [Olga Oculta Prueba, Bruno Prueba Dos, [friend_of], [], [], alleged, detained, 2025-01-01, [], d-olga, [s2]]
      - [minor, Bruno Prueba Dos, [child_of], [son], [], alleged, released, 2025-01-07, [], d-nino, [s4]]
    # A colleague whose tie says that nobody claims it, and her custodies.
    never: [carla-prueba, d-carla-1, d-carla-2]
*/
MATCH (held:Person)-[:DETAINED_IN]->(d:Detention)-[b:BECAUSE_OF]->(target:Person)
OPTIONAL MATCH (held)-[k:RELATED_TO]-(target)
WITH held, d, b, target,
     collect(DISTINCT CASE
       WHEN k IS NULL THEN null
       WHEN startNode(k).id = held.id OR NOT k.kind IN ['parent_of', 'grandparent_of', 'lawyer_of']
         THEN k.kind
       WHEN k.kind = 'parent_of' THEN 'child_of'
       WHEN k.kind = 'grandparent_of' THEN 'relative_of'
     END) AS kinship,
     collect(DISTINCT CASE WHEN startNode(k).id = held.id THEN k.detail_from ELSE k.detail_to END)
       AS in_words
UNWIND b.claims AS claim
OPTIONAL MATCH (:Claim {id: claim})-[x:CITES]->(s:Source)
WITH held, d, b, target, kinship, in_words,
     collect(DISTINCT CASE WHEN s IS NULL THEN null ELSE {
       id: s.id, publisher: s.publisher, published: s.published, title: s.title, url: s.url,
       page: x.page, accessed: x.accessed
     } END) AS sources
RETURN held.name AS person, target.name AS because_of, kinship, in_words,
       b.asserted_by AS asserted_by, b.confidence AS confidence,
       d.status AS status, d.status_as_of AS status_as_of, d.started AS started, d.ended AS ended,
       b.disputed + d.disputed AS disputed,
       held.id AS person_id, target.id AS because_of_id, d.id AS detention_id, sources
ORDER BY because_of, person, detention_id
