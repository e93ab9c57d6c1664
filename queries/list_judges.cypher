/*
title:
  en: Who judged and who prosecuted, case by case
  es: Quién juzgó y quién acusó, caso por caso
description:
  en: >
    Each detention that somebody presided over or prosecuted, with the charges, how they ended for
    the accused, before whatever court and as far as is known, and the posts of that person in courts and prosecution, of whatever date. A
    trial or warrant about a detention is a row of its own, of the kind "event": it is no part in
    the detention. "alleged" stays an allegation.
  es: >
    Cada detención en cuyo tribunal alguien presidió o en la que acusó como fiscal, con los delitos
    imputados, cómo terminaron para la persona acusada, ante el tribunal que fuera y hasta donde se
    sabe, y los cargos de esa persona en tribunales y
    fiscalía, de cualquier fecha. Un juicio o una orden acerca de una detención es una fila aparte,
    de tipo "hecho": no es parte en la detención. "alegado" es un señalamiento, no un hecho probado.
theme: officials
returns: table
columns:
  official: {en: person, es: persona}
  role: {en: role, es: papel, kind: "word:involvement"}
  posts: {en: posts in courts and prosecution, es: cargos en tribunales y fiscalía}
  what: {en: in what, es: en qué, kind: label}
  subject: {en: who was held or which event, es: persona detenida o hecho}
  started: {en: from, es: desde}
  ended: {en: to, es: hasta}
  charges: {en: charges, es: delitos imputados, kind: name}
  outcomes: {en: outcomes known, es: resultados conocidos, kind: "word:charge_status"}
  sentence_years: {en: sentence in years, es: condena en años}
  sentenced_on: {en: sentenced on, es: fecha de condena}
  status: {en: status of the custody, es: situación de la detención, kind: "word:custody_status"}
  confidence: {en: confidence, es: certeza, kind: "word:confidence"}
  official_id: {en: id, es: id}
  subject_id: {en: id of the custody or event, es: id de la detención o del hecho}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - fixture: officials
    columns: [official, role, posts, what, subject, started, charges, outcomes, sentence_years, sentenced_on, confidence, subject_id, sources]
    rows:
      - [Kira Jueza Ficticia, presided, ["Jueza, Tribunal Ficticio"], Detention, Luis Prueba Uno, 2021-06-15, [{en: Synthetic offence A, es: Delito sintético A}], [dismissed], null, null, reported, d-luis-1, [s2]]
      - [Kira Jueza Ficticia, presided, ["Jueza, Tribunal Ficticio"], Detention, Marta Prueba Dos, 2022-03, [{en: Synthetic offence A, es: Delito sintético A}, {en: Synthetic offence B, es: Delito sintético B}], [convicted], 10, 2022-11-20, documented, d-marta, [s1]]
      - [Kira Jueza Ficticia, presided, ["Jueza, Tribunal Ficticio"], Event, Synthetic trial of an agent, 2023-02, [{en: Synthetic offence B, es: Delito sintético B}], [convicted], null, null, documented, ev-juicio, [s2, s3]]
      - [León Fiscal Ficticio, prosecuted, ["Fiscal, Fiscalía Ficticia"], Detention, Luis Prueba Uno, 2021-06-15, [{en: Synthetic offence A, es: Delito sintético A}], [dismissed], null, null, alleged, d-luis-1, [s2]]
      - [León Fiscal Ficticio, prosecuted, ["Fiscal, Fiscalía Ficticia"], Detention, Marta Prueba Dos, 2022-03, [{en: Synthetic offence A, es: Delito sintético A}, {en: Synthetic offence B, es: Delito sintético B}], [convicted], 10, 2022-11-20, documented, d-marta, [s1, s3]]
    # Who ordered or announced; the defendants of the trial.
    never: [hugo-jefe, gala-ministra, nilo-agente, olmo-agente]
*/
CALL {
  MATCH (p:Person)-[r:INVOLVED_IN]->(d:Detention)
  WHERE r.role IN ['presided', 'prosecuted']
  OPTIONAL MATCH (d)<-[:DETAINED_IN]-(held:Person)
  OPTIONAL MATCH (d)-[a:CHARGED_WITH]->(c:Charge)
  WITH p, r, d, held, a, c
  ORDER BY c.id
  RETURN p AS person, r AS tie, 'Detention' AS what, coalesce(held.name, d.id) AS subject, d.id AS subject_id,
         d.started AS started, d.ended AS ended, d.status AS status,
         d.sentence_years AS sentence_years, d.sentenced_on AS sentenced_on,
         collect(CASE WHEN c IS NULL THEN null ELSE {
           en: coalesce(c.name_en, c.name_es, c.id), es: coalesce(c.name_es, c.name_en, c.id)
         } END) AS charges, collect(DISTINCT a.status) AS statuses,
         collect(a.claims) AS claims
  UNION ALL
  MATCH (e:Event)<-[r:TOOK_PART]-(p:Person)
  WHERE r.role IN ['presided', 'prosecuted']
  OPTIONAL MATCH (e)<-[t:TOOK_PART]-(:Person)
  WHERE t.role IN ['convicted', 'acquitted']
  WITH p, r, e, collect(t.role) AS verdicts, collect(t.claims) AS said
  OPTIONAL MATCH (e)-[a:CHARGED_WITH]->(c:Charge)
  WITH p, r, e, verdicts, said, a, c
  ORDER BY c.id
  WITH p, r, e, verdicts, said,
       collect(CASE WHEN c IS NULL THEN null ELSE {
         en: coalesce(c.name_en, c.name_es, c.id), es: coalesce(c.name_es, c.name_en, c.id)
       } END) AS charges,
       collect(DISTINCT a.status) AS statuses, collect(a.claims) AS claims
  RETURN p AS person, r AS tie, 'Event' AS what, e.name AS subject, e.id AS subject_id,
         e.started AS started, e.ended AS ended, null AS status,
         null AS sentence_years, null AS sentenced_on,
         charges, verdicts + statuses AS statuses, said + claims AS claims
}
OPTIONAL MATCH (person)-[h:HOLDS_POST]->(o:Organization)
WHERE o.kind IN ['court', 'prosecution']
WITH person, tie, what, subject, subject_id, started, ended, status, sentence_years, sentenced_on,
     charges, statuses, claims, coalesce(h.title + ', ', '') + o.name AS post
ORDER BY post
WITH person, tie, what, subject, subject_id, started, ended, status, sentence_years, sentenced_on,
     charges, statuses, claims, collect(DISTINCT post) AS posts
WITH person, tie, what, subject, subject_id, started, ended, status, sentence_years, sentenced_on,
     charges, statuses, posts, claims + [tie.claims] AS sources
RETURN person.name AS official, tie.role AS role, posts, what, subject, started, ended, charges,
       [word IN ['convicted', 'acquitted', 'dismissed', 'annulled'] WHERE word IN statuses]
         AS outcomes,
       sentence_years, sentenced_on, status, tie.confidence AS confidence,
       person.id AS official_id, subject_id, sources
ORDER BY official, official_id, role, what, started, subject, subject_id
