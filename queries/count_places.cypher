/*
title:
  en: How many were held in each place
  es: Cuántas personas estuvieron en cada lugar
description:
  en: >
    How many custodies and people passed through each place by all that the sources say, and for
    how many it is the last known place of a custody that went on when last reported: the place that
    their latest report names, else the stay that began last. That is no count of who is there
    today: the newest of those reports is given. A custody that had several places is counted in
    each, so the lines add up to more than there are custodies. Private homes are counted together.
    With `by_kind` a line a kind of place, everybody once in each.
  es: >
    Cuántas detenciones y personas pasaron por cada lugar según todas las fuentes, y de cuántas es
    el último lugar conocido de una detención que continuaba según el último informe: el lugar que
    nombra el último informe o, si no lo nombra, la estadía que comenzó más tarde. No es un recuento
    de quienes están hoy allí: se da la fecha del más reciente de esos informes. Una detención que
    tuvo varios lugares se cuenta en cada uno, y por eso las filas suman más que las detenciones.
    Las viviendas se cuentan juntas. Con `by_kind`, una fila por tipo de lugar, cada persona una vez
    en cada uno.
theme: custody
returns: table
parameters:
  by_kind: {type: flag, default: false, en: a line a kind of place, es: una fila por tipo de lugar}
columns:
  place: {en: place, es: lugar}
  kind: {en: kind of place, es: tipo de lugar, kind: "word:place_kind"}
  state: {en: state or region, es: estado o región}
  custodies: {en: custodies, es: detenciones}
  people: {en: people, es: personas}
  held: {en: last known place when last reported held, es: último lugar conocido de quienes seguían en detención según el último informe}
  newest: {en: newest of these reports, es: el más reciente de esos informes}
  place_id: {en: id, es: id}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - fixture: custody
    columns: [place, kind, state, custodies, people, held, newest, place_id, sources]
    rows:
      - [Cárcel Ficticia Dos, women prison, null, 3, 3, 2, 2024-06-01, carcel-dos, [s2, s3, s5]]
      - [Cárcel Ficticia Uno, prison, Estado Ficticio, 2, 2, 1, 2022-03-01, carcel-uno, [s2, s3]]
      - [null, residence, null, 1, 1, 1, 2025-03-01, null, [s2]]
      # Moved on, freed or dead.
      - [Calabozo Ficticio, police holding cells, null, 4, 4, 0, null, calabozo, [s1, s3]]
    never: [vacio, d-ana-2]
  - fixture: custody
    given: {by_kind: true}
    columns: [place, kind, custodies, people, held]
    rows:
      - [null, women prison, 3, 3, 2]
      - [null, prison, 2, 2, 1]
      - [null, residence, 1, 1, 1]
      - [null, police holding cells, 4, 4, 0]
    never: [carcel-uno, {kind: clandestine site}]
*/
MATCH (p:Person)-[:DETAINED_IN]->(d:Detention)
OPTIONAL MATCH (p)-[:DETAINED_IN]->(later:Detention)
WHERE later.started_min > d.started_max
WITH p, d, count(later) AS others
MATCH (d)-[h:HELD_AT]->(place:Place)
UNWIND CASE WHEN size(h.claims) = 0 THEN [null] ELSE h.claims END AS claim
OPTIONAL MATCH (c:Claim {id: claim})
WITH p, d, others, h, place, max(CASE WHEN c.table = 'detentions' THEN 1 ELSE 0 END) AS named
ORDER BY named, coalesce(h.started_max, h.ended_max) IS NOT NULL,
         coalesce(h.started_max, h.ended_max), h.started_max IS NOT NULL,
         coalesce(h.ended_max, h.started_max), place.id
WITH p, d, others, collect({
       id: place.id, name: place.name, kind: place.kind, state: place.state,
       open: h.ended IS NULL, sources: h.sources
     }) AS stays
WITH p, d, stays, CASE WHEN others = 0 AND d.ended IS NULL AND p.died IS NULL
         AND coalesce(d.status, 'unknown') IN ['detained', 'house_arrest', 'disappeared']
       THEN last(stays) END AS at
UNWIND stays AS stay
WITH p, d, stay, at.open AND at.id = stay.id AS here,
     $by_kind OR coalesce(stay.kind = 'residence', false) AS together
WITH CASE WHEN together THEN null ELSE stay.id END AS place_id,
     CASE WHEN together THEN null ELSE stay.name END AS place,
     CASE WHEN together THEN null ELSE stay.state END AS state, stay.kind AS kind,
     count(DISTINCT d.id) AS custodies, count(DISTINCT p.id) AS people,
     count(DISTINCT CASE WHEN here THEN d.id END) AS held,
     max(CASE WHEN here THEN d.status_as_of_max END) AS newest, collect(stay.sources) AS sources
RETURN place, kind, state, custodies, people, held, newest, place_id, sources
ORDER BY held DESC, custodies DESC, kind, place, place_id
