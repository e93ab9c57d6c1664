/*
title:
  en: How many were freed on which day
  es: Cuántas personas salieron en libertad cada día
description:
  en: >
    Releases, with and without conditions, by the day of the release; where that is unknown, by the
    day of the report, apart: those happened on some day before it. A day can be partial. Beside
    each exact day, the events that began on it or some days before or after, with the days between
    (negative: the event came first). That they are near each other does not say that one is
    because of the other. Give `at_least` to see bursts alone.
  es: >
    Salidas en libertad, con medidas o sin ellas, según el día de la salida; si se desconoce, según
    el del informe, por separado: ocurrieron algún día anterior. El día puede ser incompleto. Junto a
    cada día exacto figuran los hechos que comenzaron ese día o pocos días antes o después, con los
    días que median (negativo: el hecho fue antes). Que estén cerca no dice que uno se deba al otro.
    Con `at_least` se ven solo las oleadas.
theme: custody
returns: table
parameters:
  at_least: {type: integer, default: 1, en: "how many a day, at least", es: "cuántas en un día, como mínimo"}
  near: {type: integer, default: 3, en: how many days an event may be away, es: a cuántos días puede estar un hecho}
columns:
  day: {en: day, es: día}
  dated_by: {en: which day, es: qué día, kind: "word:release_day"}
  people: {en: people, es: personas}
  released: {en: released, es: en libertad}
  conditional: {en: released under conditions, es: excarceladas con medidas}
  events: {en: events near it, es: hechos cercanos}
  event_kinds: {en: kind of each, es: tipo de cada uno, kind: "word:event_kind"}
  event_days: {en: days to each, es: días hasta cada uno}
  event_ids: {en: ids of the events, es: id de los hechos}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - fixture: custody
    columns: [day, dated_by, people, released, conditional, event_ids, event_days, sources]
    rows:
      - [2020-06-01, release, 1, 1, 0, [], [], [s1]]
      # A month has no days near it.
      - [2024-02, release, 1, 0, 1, [], [], [s1]]
      - [2024-03-01, release, 2, 1, 1, [ev-ley, ev-eleccion], [-2, 3], [s1, s4]]
      - [2024-03-16, release, 1, 1, 0, [], [], [s5]]
      - [2024-05-10, report, 1, 1, 0, [ev-dialogo], [0], [s1, s4]]
    # Too far away; known by the month alone; escaped; died.
    never: [ev-lejos, ev-mes, {day: 2023-05-01}, {day: 2024-07-01}]
  - fixture: custody
    given: {at_least: 2, near: 2}
    columns: [day, people, event_ids]
    rows:
      - [2024-03-01, 2, [ev-ley]]
    never: [ev-eleccion]
*/
OPTIONAL MATCH (e:Event)<-[:ABOUT]-(c:Claim)-[:CITES]->(s:Source)
WHERE e.started_min = e.started_max AND c.table = 'events' AND c.superseded_by IS NULL
WITH e, collect(DISTINCT s.id) AS said
ORDER BY e.started_min, e.id
// Month by month, so that few events are compared with each day.
WITH e.started_min.year AS year, e.started_min.month AS month,
     collect(CASE WHEN e IS NULL THEN null ELSE {
       id: e.id, name: e.name, kind: e.kind, day: e.started_min, sources: said
     } END) AS known
ORDER BY year, month
WITH collect({first: known[0].day, last: last(known).day, events: known}) AS months
CALL {
  MATCH (p:Person)-[custody:DETAINED_IN]->(d:Detention)
  WHERE d.status IN ['released', 'conditional_release']
    AND (d.ended IS NOT NULL OR d.status_as_of IS NOT NULL)
  WITH coalesce(d.ended, d.status_as_of) AS day,
       CASE WHEN d.ended IS NULL THEN 'report' ELSE 'release' END AS dated_by,
       min(CASE WHEN d.ended IS NULL THEN d.status_as_of_min ELSE d.ended_min END) AS first,
       max(CASE WHEN d.ended IS NULL THEN d.status_as_of_max ELSE d.ended_max END) AS last,
       count(DISTINCT p.id) AS people,
       count(DISTINCT CASE WHEN d.status = 'released' THEN p.id END) AS released,
       count(DISTINCT CASE WHEN d.status = 'conditional_release' THEN p.id END) AS conditional,
       collect(custody.sources) AS cited
  WHERE people >= $at_least
  RETURN day, dated_by, first, last, people, released, conditional, cited
}
WITH day, dated_by, first, last, people, released, conditional, cited, months,
     first - duration({days: $near}) AS earliest, first + duration({days: $near}) AS latest
WITH day, dated_by, first, people, released, conditional, cited,
     CASE WHEN first < last THEN []
       ELSE reduce(all = [], m IN [m IN months WHERE m.last >= earliest AND m.first <= latest] |
         all + [e IN m.events WHERE e.day >= earliest AND e.day <= latest]) END AS events
RETURN day, dated_by, people, released, conditional, [e IN events | e.name] AS events,
       [e IN events | e.kind] AS event_kinds,
       [e IN events | duration.inDays(first, e.day).days] AS event_days,
       [e IN events | e.id] AS event_ids,
       cited + [e IN events | e.sources] AS sources
ORDER BY first, day, dated_by
