/*
title:
  en: How much rests on each publisher
  es: Cuánto descansa en cada medio
description:
  en: >
    For each publisher, how many of its publications are cited, how many claims cite them, how many
    facts (ties between people, custodies, bodies and so on) those claims make, and how many of both
    have no other publisher behind them. A page that copies an agency or a paper counts for that
    one. A large share is no judgement on quality.
  es: >
    De cada medio, cuántas de sus publicaciones se citan, cuántas afirmaciones las citan, cuántos
    hechos (vínculos entre personas, detenciones, cuerpos, etc.) salen de ellas, y cuántas de unas y
    otros no tienen detrás ningún otro medio. Una página que copia a una agencia o a otro medio
    cuenta para estos. Que sea mucho no dice nada de la calidad.
theme: evidence
returns: table
columns:
  publisher: {en: publisher or origin, es: medio u origen}
  publications: {en: publications, es: publicaciones}
  claims: {en: claims, es: afirmaciones}
  claims_alone: {en: of these on it alone, es: de ellas solo en él}
  facts: {en: facts, es: hechos}
  facts_alone: {en: of these on it alone, es: de ellos solo en él}
  newest: {en: newest publication, es: publicación más reciente}
answers:
  - fixture: evidence
    columns: [publisher, publications, claims, claims_alone, facts, facts_alone, newest]
    rows:
      - [Gaceta Ficticia, 2, 31, 27, 39, 35, 2025-05-20]
      - [Agencia Imaginaria, 2, 16, 12, 15, 11, 2025-02-02]
      # Has neither publisher nor date.
      - [Synthetic leaflet, 1, 2, 2, 1, 1, null]
    # Copy an agency.
    never: [{publisher: Diario Inventado}, {publisher: Radio Imaginaria}]
*/
CALL {
  // Nearly always each source of a fact has another publisher: then counting by source will do.
  MATCH (:Person|Detention|Event|Place|Organization|Case|Charge|Law|Rule)-[r]->()
  WHERE r.publishers = size(r.sources)
  UNWIND r.sources AS id
  WITH id, count(*) AS facts, sum(CASE r.publishers WHEN 1 THEN 1 ELSE 0 END) AS facts_alone
  MATCH (s:Source {id: id})
  RETURN coalesce(s.origin, s.publisher, s.id) AS key, facts, facts_alone,
         0 AS claims, 0 AS claims_alone, 0 AS publications, null AS newest, null AS name
  UNION ALL
  MATCH (:Person|Detention|Event|Place|Organization|Case|Charge|Law|Rule)-[r]->()
  WHERE r.publishers < size(r.sources)
  UNWIND r.sources AS id
  MATCH (s:Source {id: id})
  WITH DISTINCT r.id AS fact, r.publishers AS publishers,
       coalesce(s.origin, s.publisher, s.id) AS key
  RETURN key, count(*) AS facts, sum(CASE publishers WHEN 1 THEN 1 ELSE 0 END) AS facts_alone,
         0 AS claims, 0 AS claims_alone, 0 AS publications, null AS newest, null AS name
  UNION ALL
  MATCH (c:Claim)
  WHERE c.superseded_by IS NULL AND c.table <> 'sources'
  WITH [(c)-[:CITES]->(s:Source) | coalesce(s.origin, s.publisher, s.id)] AS cited
  WITH CASE size(cited) WHEN 1 THEN cited ELSE reduce(
         keys = [], key IN cited | CASE WHEN key IN keys THEN keys ELSE keys + key END
       ) END AS keys
  UNWIND keys AS key
  RETURN key, 0 AS facts, 0 AS facts_alone, count(*) AS claims,
         sum(CASE size(keys) WHEN 1 THEN 1 ELSE 0 END) AS claims_alone,
         0 AS publications, null AS newest, null AS name
  UNION ALL
  MATCH (s:Source)
  RETURN coalesce(s.origin, s.publisher, s.id) AS key, 0 AS facts, 0 AS facts_alone,
         0 AS claims, 0 AS claims_alone, count(*) AS publications, max(s.published) AS newest,
         coalesce(s.origin, s.publisher, s.title, s.id) AS name
}
WITH key, max(name) AS publisher, sum(publications) AS publications, sum(claims) AS claims,
     sum(claims_alone) AS claims_alone, sum(facts) AS facts, sum(facts_alone) AS facts_alone,
     max(newest) AS newest
RETURN publisher, sum(publications) AS publications, sum(claims) AS claims,
       sum(claims_alone) AS claims_alone, sum(facts) AS facts, sum(facts_alone) AS facts_alone,
       max(newest) AS newest
ORDER BY facts_alone DESC, facts DESC, claims_alone DESC, claims DESC, publisher
