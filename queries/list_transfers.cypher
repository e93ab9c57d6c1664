/*
title:
  en: Through which places a custody passed
  es: Por qué lugares pasó una detención
description:
  en: >
    The places of each custody in order, with their dates; without a person or custody given, those
    of custodies with more than one place. A stay is placed by the day on which it began, at the
    latest, else by the day on which it ended. "confirmed": it began after the stay before it, for
    sure; "possible": the dates leave the order open. Stays without any date come last and have no
    number. A blank end is unknown: it does not say that the person is still there. Each house
    arrest is in a home of its own.
  es: >
    Los lugares de cada detención en orden, con sus fechas; si no se indica una persona o una
    detención, los de aquellas con más de un lugar. Cada estadía se ordena por el último día en que
    pudo comenzar o, si no se conoce, por el día en que terminó. "confirmada": comenzó con seguridad
    después de la anterior; "posible": las fechas dejan abierto el orden. Las estadías sin fecha
    alguna van al final y sin número. Un final en blanco es desconocido: no dice que la persona siga
    allí. Cada arresto domiciliario transcurre en una vivienda propia.
theme: custody
returns: table
parameters:
  id: {type: id, default: null, en: "a person or a custody; all with several places where none is given", es: "una persona o una detención; si no se indica, todas las que tienen varios lugares"}
columns:
  person: {en: person, es: persona}
  number: {en: "no.", es: "n.º"}
  place: {en: place, es: lugar}
  kind: {en: kind of place, es: tipo de lugar, kind: "word:place_kind"}
  started: {en: from, es: desde}
  ended: {en: to, es: hasta}
  in_order: {en: after the one before, es: después del anterior, kind: "word:certainty"}
  confidence: {en: confidence, es: certeza, kind: "word:confidence"}
  status: {en: status of the custody, es: situación de la detención, kind: "word:custody_status"}
  status_as_of: {en: status as of, es: situación al}
  disputed: {en: in dispute, es: en disputa, kind: "field:Detention"}
  person_id: {en: id, es: id}
  detention_id: {en: id of the custody, es: id de la detención}
  place_id: {en: id of the place, es: id del lugar}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - fixture: custody
    columns: [person, number, place_id, kind, started, ended, in_order, detention_id, sources]
    rows:
      - [Ana Prueba, 1, calabozo, police holding cells, 2024-03-15, 2024-03-20, null, d-ana-2, [s3]]
      # Some day of March, perhaps before the cells.
      - [Ana Prueba, 2, carcel-uno, prison, 2024-03, 2024-04-01, possible, d-ana-2, [s3]]
      - [Ana Prueba, 3, carcel-dos, women prison, 2024-04-01, null, confirmed, d-ana-2, [s2, s3]]
      - [Eva Prueba, 1, carcel-dos, women prison, null, 2022-02-01, null, d-eva-2, [s3]]
      - [Eva Prueba, 2, carcel-uno, prison, 2022-02-01, null, confirmed, d-eva-2, [s2, s3]]
    # One place only, or none.
    never: [d-ana-1, beto, fidel, lola, vacio]
  - fixture: custody
    given: {id: lola}
    columns: [number, place_id, in_order, detention_id, sources]
    rows:
      # A place without any date.
      - [null, calabozo, null, d-lola, [s1]]
    never: [d-ana-2]
  - fixture: custody
    given: {id: d-eva-2}
    columns: [number, place_id]
    rows:
      - [1, carcel-dos]
      - [2, carcel-uno]
    never: [d-ana-2]
*/
MATCH (p:Person)-[:DETAINED_IN]->(d:Detention)-[h:HELD_AT]->(:Place)
WHERE $id IS NULL OR p.id = $id OR d.id = $id
WITH p, d, count(h) AS several
WHERE several > 1 OR $id IS NOT NULL
MATCH (d)-[h:HELD_AT]->(place:Place)
WITH p, d, h, place
ORDER BY coalesce(h.started_max, h.ended_max), h.started_max IS NOT NULL,
         coalesce(h.ended_max, h.started_max), place.id
WITH p, d, collect({
       id: place.id, name: place.name, kind: place.kind, started: h.started, ended: h.ended,
       first: h.started_min, begun: h.started_max, left: h.ended_max,
       confidence: h.confidence, disputed: h.disputed, claims: h.claims
     }) AS stays
UNWIND range(0, size(stays) - 1) AS i
WITH p, d, i, stays[i] AS stay, CASE WHEN i > 0 THEN stays[i - 1] END AS before
RETURN p.name AS person,
       CASE WHEN stay.started IS NOT NULL OR stay.ended IS NOT NULL THEN i + 1 END AS number,
       stay.name AS place, stay.kind AS kind, stay.started AS started, stay.ended AS ended,
       CASE WHEN i = 0 OR (stay.started IS NULL AND stay.ended IS NULL) THEN null
         WHEN before.begun <= stay.first OR before.left <= stay.first THEN 'confirmed'
         ELSE 'possible' END AS in_order,
       stay.confidence AS confidence, d.status AS status, d.status_as_of AS status_as_of,
       stay.disputed AS disputed, p.id AS person_id, d.id AS detention_id, stay.id AS place_id,
       stay.claims AS sources
ORDER BY person, detention_id, i
