/*
title:
  en: Which officials recur together
  es: Qué funcionarios coinciden más de una vez
description:
  en: >
    Each two people who took part in the same detentions, with what each of them did there. To have
    taken part in the same detention is not to have acted together. "alleged" counts the detentions
    in which the part of at least one of the two rests on allegations alone.
  es: >
    Cada dos personas que participaron en las mismas detenciones, con lo que hizo cada una. Haber
    participado en la misma detención no es haber actuado de acuerdo. "alegadas" cuenta las
    detenciones en las que la participación de al menos una de las dos se apoya solo en
    señalamientos.
theme: officials
returns: table
parameters:
  at_least: {type: integer, default: 2, en: detentions in common at least, es: detenciones en común como mínimo}
columns:
  official: {en: person, es: persona}
  roles: {en: their roles, es: sus papeles, kind: "word:involvement"}
  with: {en: with, es: con}
  with_roles: {en: roles of the other, es: papeles de la otra, kind: "word:involvement"}
  detentions: {en: detentions in common, es: detenciones en común}
  alleged: {en: of these only alleged, es: de ellas solo alegadas}
  held: {en: who was held, es: personas en detención}
  official_id: {en: id, es: id}
  with_id: {en: id of the other, es: id de la otra}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - fixture: officials
    columns: [official, roles, with, with_roles, detentions, alleged, held, sources]
    rows:
      - [Hugo Jefe Ficticio, [ordered, commanded], Kira Jueza Ficticia, [presided], 2, 1, [Luis Prueba Uno, Marta Prueba Dos], [s1, s2]]
      - [Kira Jueza Ficticia, [presided], León Fiscal Ficticio, [prosecuted], 2, 1, [Luis Prueba Uno, Marta Prueba Dos], [s1, s2, s3]]
      - [Hugo Jefe Ficticio, [ordered, commanded], León Fiscal Ficticio, [prosecuted], 2, 2, [Luis Prueba Uno, Marta Prueba Dos], [s1, s2, s3]]
    # With each of the others in one detention only; alone in another.
    never: [gala-ministra, d-menor]
  - fixture: officials
    given: {at_least: 1}
    columns: [official, with, detentions, alleged]
    rows:
      - [Hugo Jefe Ficticio, Kira Jueza Ficticia, 2, 1]
      - [Kira Jueza Ficticia, León Fiscal Ficticio, 2, 1]
      - [Hugo Jefe Ficticio, León Fiscal Ficticio, 2, 2]
      - [Gala Ministra Ficticia, Kira Jueza Ficticia, 1, 0]
      - [Gala Ministra Ficticia, León Fiscal Ficticio, 1, 0]
      - [Gala Ministra Ficticia, Hugo Jefe Ficticio, 1, 1]
    # Of the same trial as the judge, not of the detention.
    never: [nilo-agente]
  - fixture: officials
    given: {at_least: 3}
    columns: [official]
    rows: []
    never: [hugo-jefe]
*/
MATCH (a:Person)-[i:INVOLVED_IN]->(d:Detention)<-[j:INVOLVED_IN]-(b:Person)
WHERE a.id < b.id
OPTIONAL MATCH (held:Person)-[:DETAINED_IN]->(d)
WITH a, b, i, d, j, held
ORDER BY held.name
WITH a, b, collect(DISTINCT i.role) AS did, collect(DISTINCT j.role) AS other_did,
     count(DISTINCT d.id) AS detentions,
     count(DISTINCT d.id) - count(DISTINCT CASE
       WHEN i.confidence <> 'alleged' AND j.confidence <> 'alleged' THEN d.id END) AS alleged,
     collect(DISTINCT held.name) AS held, collect(i.claims) + collect(j.claims) AS sources
WHERE detentions >= $at_least
WITH a, b, did, other_did, detentions, alleged, held, sources,
     ['ordered', 'commanded', 'presided', 'prosecuted', 'custodian', 'announced', 'denounced']
       AS order
RETURN a.name AS official, [role IN order WHERE role IN did] AS roles,
       b.name AS with, [role IN order WHERE role IN other_did] AS with_roles,
       detentions, alleged, held, a.id AS official_id, b.id AS with_id, sources
ORDER BY detentions DESC, alleged, official, with, official_id, with_id
