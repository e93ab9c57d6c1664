/*
title:
  en: Which custodies nobody has reported on for long
  es: De qué detenciones no hay noticias desde hace tiempo
description:
  en: >
    Custodies that are not known to have ended and whose status was last known more than so many
    days before the day given, or is of no known day. The status shown is that of then, not of
    today: somebody should ask again. A status known by the month or year alone counts from its
    last day.
  es: >
    Detenciones de las que no se sabe que hayan terminado y cuya situación se conoció por última
    vez más de tantos días antes del día dado, o en un día que no consta. La situación que se
    muestra es la de entonces, no la de hoy: hay que volver a preguntar. Una situación conocida
    solo por mes o año se cuenta desde su último día.
theme: evidence
returns: table
parameters:
  as_of: {type: date, default: today, en: the day, es: el día}
  days: {type: integer, default: 90, en: days without news, es: días sin noticias}
columns:
  person: {en: person, es: persona}
  status: {en: status then, es: situación entonces, kind: "word:custody_status"}
  status_as_of: {en: status as of, es: situación al}
  days_ago: {en: days ago, es: hace días}
  started: {en: taken on, es: detención desde}
  basis: {en: basis, es: motivo, kind: "word:basis"}
  confidence: {en: confidence, es: certeza, kind: "word:confidence"}
  disputed: {en: in dispute, es: en disputa, kind: "field:Detention"}
  person_id: {en: id, es: id}
  detention_id: {en: id of the custody, es: id de la detención}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - fixture: evidence
    given: {as_of: 2025-06-01}
    columns: [person, status, status_as_of, days_ago, started, detention_id, sources]
    rows:
      - [Tina Prueba Cinco, null, null, null, null, d-tina, [s5]]
      - [minor, house_arrest, 2024-01-01, 517, 2024-01-01, d-una, [s1]]
      - [Pía Prueba Uno, detained, 2024-06-01, 365, 2024-02-01, d-pia, [s1]]
      # Known by the month alone: from its last day.
      - [Quim Prueba Dos, disappeared, 2025-01, 121, 2024-12-24, d-quim, [s2, s3]]
    # Taken again since; known in March; released; dead.
    never: [d-rita-1, d-rita-2, d-wanda, d-saul, d-veli]
  - fixture: evidence
    given: {as_of: 2025-06-01, days: 121}
    columns: [person]
    rows: [[Tina Prueba Cinco], [minor], [Pía Prueba Uno]]
    never: [d-quim]
  - fixture: evidence
    given: {as_of: 2025-01-09, days: 60}
    columns: [person, days_ago]
    rows:
      - [Tina Prueba Cinco, null]
      - [Rita Prueba Tres, 708]
      - [minor, 374]
      - [Veli Prueba Siete, 283]
      - [Pía Prueba Uno, 222]
    # Confirmed later than that day; not yet taken.
    never: [d-quim, d-rita-2, d-wanda]
  - fixture: custody
    given: {as_of: 2024-09-20, days: 40}
    columns: [detention_id, days_ago, confidence]
    rows:
      - [d-eva-2, 934, reported]
      - [d-cira-2, 538, reported]
      - [d-dino-2, 447, reported]
      - [d-kike-2, 203, reported]
      - [d-ana-2, 111, reported]
      - [d-nuria, 111, reported]
      - [d-beto-2, 81, reported]
      # The row that says so is alleged.
      - [d-iris, 41, alleged]
    never: [d-juan, d-heli]
*/
MATCH (p:Person)-[custody:DETAINED_IN]->(d:Detention)
WHERE d.ended IS NULL
  AND coalesce(d.status, 'unknown') IN ['detained', 'house_arrest', 'disappeared', 'unknown']
  AND (d.status_as_of_max IS NULL OR d.status_as_of_max < $as_of - duration({days: $days}))
  AND (d.started_min IS NULL OR d.started_min <= $as_of)
  AND (p.died_max IS NULL OR p.died_max > $as_of)
  AND NOT EXISTS {
        MATCH (p)-[:DETAINED_IN]->(later:Detention)
        WHERE later.started_min > d.started_max AND later.started_max <= $as_of }
RETURN p.name AS person, d.status AS status, d.status_as_of AS status_as_of,
       duration.inDays(d.status_as_of_max, $as_of).days AS days_ago, d.started AS started,
       d.basis AS basis,
       CASE WHEN 'alleged' IN [custody.confidence, coalesce(d.status_confidence, d.confidence)] THEN 'alleged'
         WHEN 'reported' IN [custody.confidence, coalesce(d.status_confidence, d.confidence)] THEN 'reported'
         ELSE 'documented' END AS confidence,
       d.disputed AS disputed, p.id AS person_id, d.id AS detention_id,
       custody.claims AS sources
ORDER BY d.status_as_of_max IS NOT NULL, days_ago DESC, person, detention_id
