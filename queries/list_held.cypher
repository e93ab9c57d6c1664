/*
title:
  en: Who is held on a day
  es: Quiénes están en detención en un día
description:
  en: >
    Custodies that go on, or may go on, on the day asked for. "confirmed": begun for sure, and
    known to go on until that day or later, or reported held on that very day. "possible": nothing rules it out, but the start, the
    end or the news after the day it was last confirmed is missing. A blank date is unknown, never
    "still held". Whoever is freed on that very day is not listed. Days are counted from the latest
    day on which the custody can have begun.
  es: >
    Detenciones que continúan, o pueden continuar, en el día pedido. "confirmada": comenzó con
    seguridad y se sabe que seguía ese día o después, o se informa que estaba en detención ese
    mismo día. "posible": nada lo descarta, pero falta el
    comienzo, el final o noticia posterior a la última confirmación. Una fecha en blanco es
    desconocida, nunca "sigue en detención". Quien sale ese mismo día no aparece. Los días se
    cuentan desde el último día en que pudo comenzar la detención.
theme: custody
returns: table
parameters:
  as_of: {type: date, default: today, en: the day, es: el día}
columns:
  person: {en: person, es: persona}
  certainty: {en: held on that day, es: en detención ese día, kind: "word:certainty"}
  days_held: {en: days by then, es: días hasta entonces}
  last_confirmed: {en: last confirmed on, es: última confirmación}
  started: {en: taken on, es: detención desde}
  ended: {en: ended on, es: detención hasta}
  status: {en: status, es: situación, kind: "word:custody_status"}
  status_as_of: {en: status as of, es: situación al}
  places: {en: "place, or those possible", es: "lugar, o los posibles"}
  basis: {en: basis, es: motivo, kind: "word:basis"}
  confidence: {en: confidence, es: certeza, kind: "word:confidence"}
  disputed: {en: in dispute, es: en disputa, kind: "field:Detention"}
  person_id: {en: id, es: id}
  detention_id: {en: id of the custody, es: id de la detención}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - given: {as_of: 2025-05-15}
    columns: [person, certainty, days_held, last_confirmed, places, detention_id, sources]
    rows:
      - [Olga Oculta Prueba, confirmed, 134, 2025-05-15, [], d-olga, [s2]]
      - [Ana Prueba Uno, confirmed, 128, 2025-05-15, [Cárcel Ficticia Dos], d-ana, [s1]]
      - [Carla Prueba Tres, possible, 103, 2025-03-01, [Cárcel Ficticia Dos], d-carla-2, [s2]]
      - [Bruno Prueba Dos, possible, null, null, [], d-bruno, [s1]]
    # Ended; released on a day unknown but past; the same, of a minor.
    never: [d-carla-1, d-eva, d-nino]
  - given: {as_of: 2025-01-10}
    columns: [person, certainty, days_held, last_confirmed, detention_id]
    rows:
      - [Olga Oculta Prueba, confirmed, 9, 2025-01-10, d-olga]
      - [Ana Prueba Uno, confirmed, 3, 2025-01-10, d-ana]
      - [minor, possible, 3, 2025-01-07, d-nino]
      - [Bruno Prueba Dos, possible, null, null, d-bruno]
    # Not yet taken.
    never: [d-carla-2, d-eva]
  - given: {as_of: 2024-03-15}
    columns: [person, certainty, days_held, places]
    rows:
      # Taken some day of March: possible within it, confirmed after it.
      - [Bruno Prueba Dos, possible, null, []]
      - [Carla Prueba Tres, possible, null, [Cárcel Ficticia Uno]]
    never: [d-carla-2, d-ana]
  - given: {as_of: 2024-09-15}
    columns: [person, certainty]
    rows:
      - [Bruno Prueba Dos, possible]
    # Freed on that very day: not held on it.
    never: [d-carla-1]
  - fixture: custody
    given: {as_of: 2024-08-05}
    columns: [detention_id, certainty, confidence]
    rows:
      - [d-juan, confirmed, reported]
      # The row that says so is alleged.
      - [d-iris, confirmed, alleged]
      - [d-eva-2, possible, reported]
      - [d-cira-2, possible, reported]
      - [d-dino-2, possible, reported]
      - [d-kike-2, possible, reported]
      - [d-ana-2, possible, reported]
      - [d-beto-2, possible, reported]
      - [d-nuria, possible, reported]
    never: [d-heli, d-ana-1]
*/
MATCH (p:Person)-[custody:DETAINED_IN]->(d:Detention)
WHERE (d.started_min IS NULL OR d.started_min <= $as_of)
  AND (d.ended_max IS NULL OR d.ended_max > $as_of)
  AND (p.died_max IS NULL OR p.died_max >= $as_of)
  AND NOT (d.ended IS NULL
           AND coalesce(d.status, 'unknown') IN ['released', 'conditional_release', 'deceased', 'escaped']
           AND d.status_as_of_max IS NOT NULL AND d.status_as_of_max <= $as_of)
  AND NOT (d.ended IS NULL AND EXISTS {
        MATCH (p)-[:DETAINED_IN]->(later:Detention)
        WHERE later.started_min > d.started_max AND later.started_max <= $as_of })
WITH p, custody, d,
     CASE
       WHEN d.ended IS NOT NULL THEN coalesce(d.ended_min > $as_of, false)
       WHEN d.status IN ['detained', 'house_arrest', 'disappeared']
         THEN coalesce(d.status_as_of_min >= $as_of, false)
              AND NOT EXISTS {
                MATCH (p)-[:DETAINED_IN]->(later:Detention)
                WHERE later.started_min > d.started_max AND later.started_min <= $as_of }
       ELSE false
     END AS goes_on,
     CASE
       WHEN d.ended IS NOT NULL THEN d.ended_min
       WHEN d.status IN ['detained', 'house_arrest', 'disappeared'] THEN d.status_as_of_min
     END AS said_until
WITH p, custody, d, goes_on,
     CASE WHEN d.started_max > $as_of OR d.started_min IS NULL OR d.started_min <= said_until
       THEN said_until ELSE d.started_min END AS known_until
OPTIONAL MATCH (d)-[h:HELD_AT]->(place:Place)
WHERE (h.started_min IS NULL OR h.started_min <= $as_of)
  AND (h.ended_max IS NULL OR h.ended_max >= $as_of)
  AND NOT EXISTS {
        MATCH (d)-[next:HELD_AT]->(:Place)
        WHERE h.ended IS NULL AND next.started_min > h.started_max AND next.started_max <= $as_of }
WITH p, custody, d, goes_on, known_until, collect(DISTINCT place.name) AS places
RETURN p.name AS person,
       CASE WHEN goes_on AND (coalesce(d.started_max <= $as_of, false)
           OR (coalesce(d.started_min, $as_of) <= $as_of AND d.ended IS NULL
               AND coalesce(d.status_as_of_max = $as_of, false)))
         THEN 'confirmed' ELSE 'possible' END AS certainty,
       CASE WHEN d.started_max <= $as_of
         THEN duration.inDays(d.started_max, $as_of).days END AS days_held,
       CASE WHEN known_until <= $as_of THEN known_until
         WHEN known_until > $as_of AND d.started_max <= $as_of THEN $as_of END AS last_confirmed,
       d.started AS started, d.ended AS ended, d.status AS status, d.status_as_of AS status_as_of,
       places, d.basis AS basis,
       CASE WHEN 'alleged' IN [custody.confidence, coalesce(d.status_confidence, d.confidence)] THEN 'alleged'
         WHEN 'reported' IN [custody.confidence, coalesce(d.status_confidence, d.confidence)] THEN 'reported'
         ELSE 'documented' END AS confidence,
       d.disputed AS disputed,
       p.id AS person_id, d.id AS detention_id, custody.claims AS sources
ORDER BY certainty, coalesce(days_held, -1) DESC, person, detention_id
