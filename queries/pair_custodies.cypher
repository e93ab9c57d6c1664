/*
title:
  en: Custodies of one person that may be one
  es: Detenciones de una misma persona que podrían ser una sola
description:
  en: >
    Each two custodies of one person that may have begun on the same day, by what is known of it,
    or within some days if a number is given, with a place in common, or of which one has no place:
    one arrest, maybe, that two sources or two records tell. They stay two and count as two, as
    long as they have two keys. Inferred: there may also have been two on one day. Custodies without
    a start are left out, and those of which one ended for sure before the other began.
  es: >
    Cada dos detenciones de una misma persona que pudieron comenzar el mismo día, según lo que se
    sabe de él, o con algunos días de diferencia si se da un número, con un lugar en común o sin
    lugar en una de ellas: tal vez una sola detención que cuentan dos fuentes o dos registros.
    Siguen siendo dos y cuentan como dos mientras tengan dos claves. Inferido: también pueden haber
    sido dos en un mismo día. Sin las que no tienen comienzo, ni aquellas de las que una terminó con
    seguridad antes de que comenzara la otra.
theme: custody
returns: table
parameters:
  days: {type: integer, default: 0, en: days between the two starts at most, es: días entre los dos comienzos como máximo}
  id:
    type: id
    default: null
    en: only custodies of this person
    es: solo las detenciones de esta persona
    choices: MATCH (p:Person) WHERE (p)-[:DETAINED_IN]->() RETURN p.id AS id ORDER BY id
columns:
  person: {en: person, es: persona}
  started: {en: taken on, es: detención desde}
  ended: {en: ended on, es: detención hasta}
  status: {en: status, es: situación, kind: "word:custody_status"}
  places: {en: places, es: lugares}
  other_started: {en: the other from, es: la otra desde}
  other_ended: {en: the other to, es: la otra hasta}
  other_status: {en: status of the other, es: situación de la otra, kind: "word:custody_status"}
  other_places: {en: places of the other, es: lugares de la otra}
  confidence: {en: confidence, es: certeza, kind: "word:confidence"}
  person_id: {en: id, es: id}
  detention_id: {en: id of the custody, es: id de la detención}
  other_id: {en: id of the other custody, es: id de la otra detención}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - fixture: twice
    columns: [person, started, ended, status, places, other_started, other_ended, other_status, other_places, confidence, detention_id, other_id, sources]
    rows:
      - [Ana Prueba, 2025-01-07, null, detained, [Cárcel Uno], 2025-01, null, detained, [CARCEL UNO], alleged, d-ana-1, d-ana-2, [s1, s2]]
      - [Beto Prueba, 2025-02-01, null, detained, [Cárcel Uno], 2025-02-01, 2025-03-01, released, [], reported, d-beto-1, d-beto-2, [s1, s2]]
      - [Hugo Prueba, 2025-05, null, detained, [Cárcel Dos, Cárcel Uno], 2025-05-03, null, detained, [Cárcel Dos], reported, d-hugo-1, d-hugo-2, [s1, s2]]
      - [minor, 2025-06-10, null, detained, [], 2025-06-10, null, detained, [], reported, d-nino-1, d-nino-2, [s1, s2]]
    # Elsewhere; the day after; a start unknown; ended before; of somebody else.
    never: [d-carla-1, d-dario-1, d-eva-1, d-ines-1, d-jose-1]
  - fixture: twice
    given: {id: beto}
    columns: [detention_id, other_id]
    rows:
      - [d-beto-1, d-beto-2]
    never: [ana, hugo]
  - fixture: twice
    given: {days: 1}
    columns: [detention_id]
    rows:
      - [d-ana-1]
      - [d-beto-1]
      - [d-dario-1]
      - [d-hugo-1]
      - [d-nino-1]
    # Ended before, however near; a start unknown.
    never: [d-carla-1, d-ines-1, d-eva-1]
*/
MATCH (p:Person)-[first:DETAINED_IN]->(a:Detention)
WHERE $id IS NULL OR p.id = $id
MATCH (p)-[second:DETAINED_IN]->(b:Detention)
WHERE a.id < b.id
  AND duration.inDays(a.started_max, b.started_min).days <= $days
  AND duration.inDays(b.started_max, a.started_min).days <= $days
  AND NOT coalesce(a.ended_max < b.started_min, false)
  AND NOT coalesce(b.ended_max < a.started_min, false)
OPTIONAL MATCH (a)-[:HELD_AT]->(one:Place)
WITH p, first, a, second, b, one ORDER BY one.name
WITH p, first, a, second, b, collect(DISTINCT one.name) AS places,
     collect(DISTINCT one.name_key) AS keys
OPTIONAL MATCH (b)-[:HELD_AT]->(other:Place)
WITH p, first, a, second, b, places, keys, other ORDER BY other.name
WITH p, first, a, second, b, places, keys, collect(DISTINCT other.name) AS other_places,
     collect(DISTINCT other.name_key) AS other_keys
WHERE size(keys) = 0 OR size(other_keys) = 0 OR any(key IN keys WHERE key IN other_keys)
RETURN p.name AS person, a.started AS started, a.ended AS ended, a.status AS status, places,
       b.started AS other_started, b.ended AS other_ended, b.status AS other_status, other_places,
       CASE WHEN 'alleged' IN [first.confidence, second.confidence, a.confidence, b.confidence] THEN 'alleged'
         WHEN 'reported' IN [first.confidence, second.confidence, a.confidence, b.confidence] THEN 'reported'
         ELSE 'documented' END AS confidence,
       p.id AS person_id, a.id AS detention_id, b.id AS other_id,
       first.claims + second.claims AS sources
ORDER BY person, started, detention_id, other_id
