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
  MATCH ()-[r]->()
  WHERE r.sources IS NOT NULL
  WITH r.sources AS ids, count(*) AS facts
  RETURN ids, facts, 0 AS claims, 0 AS publications
  UNION ALL
  MATCH (c:Claim)-[:CITES]->(s:Source)
  WHERE c.superseded_by IS NULL AND c.table <> 'sources'
  WITH c, collect(s.id) AS ids
  WITH ids, count(*) AS claims
  RETURN ids, 0 AS facts, claims, 0 AS publications
  UNION ALL
  MATCH (s:Source)
  RETURN [s.id] AS ids, 0 AS facts, 0 AS claims, 1 AS publications
}
UNWIND ids AS id
MATCH (s:Source {id: id})
WITH ids, facts, claims, publications, max(s.published) AS published,
     collect(DISTINCT {
       key: coalesce(s.origin, s.publisher, s.id),
       name: coalesce(s.origin, s.publisher, s.title, s.id)
     }) AS publishers
UNWIND publishers AS publisher
RETURN publisher.name AS publisher, sum(publications) AS publications,
       sum(claims) AS claims,
       sum(CASE WHEN size(publishers) = 1 THEN claims ELSE 0 END) AS claims_alone,
       sum(facts) AS facts,
       sum(CASE WHEN size(publishers) = 1 THEN facts ELSE 0 END) AS facts_alone,
       max(CASE WHEN publications = 1 THEN published END) AS newest
ORDER BY facts_alone DESC, facts DESC, claims_alone DESC, claims DESC, publisher
