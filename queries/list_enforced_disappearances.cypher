/*
title:
  en: Whose whereabouts are unknown
  es: De quiénes se desconoce el paradero
description:
  en: >
    Custodies that the latest report calls a disappearance, on the day asked for: since when, and
    for how many days at least and at most by that day. "confirmed": begun for sure, and reported
    as disappeared on that day or later. "possible": the start is not exact enough, or the latest
    report is older than that day. Whoever was found, freed, has died or was in a later custody by
    then is not listed, nor is a disappearance that a later report ended. Whether it is an enforced
    disappearance in the sense of the law is for a court: the sources say that the person was taken
    and that nobody says where to.
  es: >
    Detenciones que el último informe da como desaparición, en el día pedido: desde cuándo, y
    cuántos días como mínimo y como máximo hasta ese día. "confirmada": comenzó con seguridad y un
    informe de ese día o posterior la da como desaparición. "posible": la fecha del comienzo no es
    lo bastante exacta, o el último informe es anterior a ese día. No figura quien para entonces
    había aparecido, salido o muerto o estaba en una detención posterior, ni la desaparición a la
    que un informe posterior puso fin. Si es una desaparición forzada en sentido jurídico lo decide
    un tribunal: las fuentes dicen que se llevaron a la persona y que nadie informa adónde.
theme: custody
returns: table
parameters:
  as_of: {type: date, default: today, en: the day, es: el día}
columns:
  person: {en: person, es: persona}
  certainty: {en: whereabouts unknown on that day, es: paradero desconocido ese día, kind: "word:certainty"}
  started: {en: taken on, es: detención desde}
  days_least: {en: days at least, es: días como mínimo}
  days_most: {en: days at most, es: días como máximo}
  status_as_of: {en: latest report, es: último informe}
  taken_by: {en: taken by, es: aprehendida por}
  places: {en: places known, es: lugares conocidos}
  basis: {en: basis, es: motivo, kind: "word:basis"}
  confidence: {en: confidence, es: certeza, kind: "word:confidence"}
  disputed: {en: in dispute, es: en disputa, kind: "field:Detention"}
  person_id: {en: id, es: id}
  detention_id: {en: id of the custody, es: id de la detención}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - fixture: custody
    given: {as_of: 2024-08-05}
    columns: [person, certainty, started, days_least, days_most, status_as_of, confidence, detention_id, sources]
    rows:
      - [Juan Prueba, confirmed, 2024-07, 5, 35, 2024-09-01, reported, d-juan, [s1]]
      - [Iris Prueba, confirmed, 2024-08-01, 4, 4, 2024-08-10, alleged, d-iris, [s1]]
    # In another custody since February.
    never: [kike, d-kike-1]
  - fixture: custody
    given: {as_of: 2024-02-15}
    columns: [detention_id]
    rows: []
    never: [d-kike-2]
  - fixture: custody
    given: {as_of: 2024-07-10}
    columns: [person, certainty, days_least, days_most]
    rows:
      # Taken some day of July.
      - [Juan Prueba, possible, 0, 9]
    never: [iris, kike]
  - fixture: custody
    given: {as_of: 2024-08-20}
    columns: [person, certainty, days_least]
    rows:
      - [Juan Prueba, confirmed, 20]
      # Nothing since the tenth.
      - [Iris Prueba, possible, 19]
    never: [kike]
  - fixture: custody
    given: {as_of: 2024-01-04}
    columns: [person, certainty, days_least]
    rows:
      - [Kike Prueba, confirmed, 3]
    never: [juan, iris]
*/
MATCH (p:Person)-[custody:DETAINED_IN]->(d:Detention)
WHERE d.status = 'disappeared' AND d.ended IS NULL
  AND (d.started_min IS NULL OR d.started_min <= $as_of)
  AND (p.died_max IS NULL OR p.died_max > $as_of)
OPTIONAL MATCH (p)-[:DETAINED_IN]->(later:Detention)
WHERE later.started_min > d.started_max AND later.started_min <= $as_of
WITH p, custody, d, count(later) AS perhaps, count(CASE WHEN later.started_max <= $as_of THEN 1 END) AS surely
WHERE surely = 0
OPTIONAL MATCH (d)-[:ARRESTED_BY]->(o:Organization)
WITH p, custody, d, perhaps, collect(DISTINCT o.name) AS taken_by
OPTIONAL MATCH (d)-[h:HELD_AT]->(place:Place)
WITH p, custody, d, perhaps, taken_by, collect(DISTINCT place.name) AS places,
     collect(h.claims) AS stays
RETURN p.name AS person,
       CASE WHEN perhaps = 0 AND d.started_max <= $as_of AND d.status_as_of_min >= $as_of
         THEN 'confirmed'
         ELSE 'possible' END AS certainty,
       d.started AS started,
       CASE WHEN d.started_max <= $as_of THEN duration.inDays(d.started_max, $as_of).days
         WHEN d.started_max IS NOT NULL THEN 0 END AS days_least,
       CASE WHEN d.started_min IS NOT NULL THEN duration.inDays(d.started_min, $as_of).days END
         AS days_most,
       d.status_as_of AS status_as_of, taken_by, places, d.basis AS basis,
       CASE WHEN 'alleged' IN [custody.confidence, coalesce(d.status_confidence, d.confidence)] THEN 'alleged'
         WHEN 'reported' IN [custody.confidence, coalesce(d.status_confidence, d.confidence)] THEN 'reported'
         ELSE 'documented' END AS confidence,
       d.disputed AS disputed, p.id AS person_id, d.id AS detention_id,
       [custody.claims] + stays AS sources
ORDER BY certainty, coalesce(days_least, -1) DESC, person, detention_id
