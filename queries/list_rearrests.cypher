/*
title:
  en: Who was freed and taken again
  es: Quiénes salieron en libertad y volvieron a ser detenidos
description:
  en: >
    Each release, with or without conditions, that the next custody of the same person followed
    within some days; a year where no number is given, since most conditions of release run for
    months and a longer gap is rather a new case. House arrest is not freedom, nor is an escape.
    Dates can be partial: the least and the most days that they leave open are given. "confirmed":
    within the days asked for whatever the dates mean. A release without a day happened between
    the taking and the report of it, and before the next custody.
  es: >
    Cada salida en libertad, con medidas o sin ellas, a la que siguió la detención siguiente de la
    misma persona dentro de unos días; un año si no se indica otro número, pues las medidas suelen
    durar meses y un plazo mayor es más bien otro caso. El arresto domiciliario no es libertad, ni
    lo es una fuga. Las fechas pueden ser incompletas: se dan los días que como mínimo y como máximo
    admiten. "confirmada": dentro de los días pedidos, signifiquen lo que signifiquen las fechas.
    Una salida sin fecha ocurrió entre la detención y el informe que la menciona, y antes de la
    detención siguiente.
theme: custody
returns: table
parameters:
  days: {type: integer, default: 365, en: within how many days, es: dentro de cuántos días}
columns:
  person: {en: person, es: persona}
  freed_on: {en: freed on, es: salida el}
  freed_as: {en: how, es: forma de la salida, kind: "word:custody_status"}
  taken_again: {en: taken again on, es: nueva detención el}
  days_least: {en: days at least, es: días como mínimo}
  days_most: {en: days at most, es: días como máximo}
  certainty: {en: within the days asked for, es: dentro de los días pedidos, kind: "word:certainty"}
  status: {en: status of the new custody, es: situación de la nueva detención, kind: "word:custody_status"}
  status_as_of: {en: status as of, es: situación al}
  started: {en: first taken on, es: primera detención el}
  basis_before: {en: basis before, es: motivo anterior, kind: "word:basis"}
  basis: {en: basis of the new custody, es: motivo de la nueva, kind: "word:basis"}
  confidence: {en: confidence, es: certeza, kind: "word:confidence"}
  disputed: {en: in dispute, es: en disputa, kind: "field:Detention"}
  person_id: {en: id, es: id}
  before_id: {en: id of the custody before, es: id de la detención anterior}
  detention_id: {en: id of the new custody, es: id de la nueva detención}
  sources: {en: sources, es: fuentes, kind: sources}
answers:
  - fixture: custody
    columns: [person, freed_on, freed_as, taken_again, days_least, days_most, certainty, confidence, before_id, detention_id, sources]
    rows:
      # Freed on a day unknown, taken again some day of April.
      - [Beto Prueba, null, released, 2024-04, 0, 120, confirmed, reported, d-beto-1, d-beto-2, [s1, s2]]
      - [Ana Prueba, 2024-03-01, released, 2024-03-15, 14, 14, confirmed, alleged, d-ana-1, d-ana-2, [s1, s2]]
      # Freed some day of February, leap day included.
      - [Fidel Prueba, 2024-02, conditional_release, 2025-02-10, 347, 375, possible, reported, d-fidel-1, d-fidel-2, [s1, s2]]
    # House arrest; escaped; after more than a year; found after a disappearance.
    never: [cira, dino, eva, kike]
  - fixture: custody
    given: {days: 60}
    columns: [person, certainty]
    rows:
      - [Beto Prueba, possible]
      - [Ana Prueba, confirmed]
    never: [fidel, eva]
  - fixture: custody
    given: {days: 600}
    columns: [person, days_least, days_most, certainty]
    rows:
      - [Beto Prueba, 0, 120, confirmed]
      - [Ana Prueba, 14, 14, confirmed]
      - [Fidel Prueba, 347, 375, confirmed]
      - [Eva Prueba, 579, 579, confirmed]
    never: [cira, dino]
*/
MATCH (p:Person)-[first:DETAINED_IN]->(a:Detention)
WHERE a.status IN ['released', 'conditional_release']
MATCH (p)-[second:DETAINED_IN]->(d:Detention)
WHERE d.id <> a.id AND (d.started_min > a.started_max OR d.started_min >= a.ended_max)
  AND NOT coalesce(d.started_max < a.ended_min, false)
OPTIONAL MATCH (p)-[:DETAINED_IN]->(between:Detention)
WHERE between.started_min > a.started_max AND between.started_max < d.started_min
WITH p, first, a, second, d, count(between) AS others
WHERE others = 0
WITH p, first, a, second, d,
     CASE WHEN a.ended IS NULL THEN a.started_min ELSE a.ended_min END AS earliest,
     CASE WHEN a.ended IS NOT NULL THEN a.ended_max
       WHEN a.status_as_of_max < d.started_max THEN a.status_as_of_max
       ELSE d.started_max END AS latest
WITH p, first, a, second, d,
     CASE WHEN latest >= d.started_min THEN 0
       ELSE duration.inDays(latest, d.started_min).days END AS days_least,
     CASE WHEN earliest IS NOT NULL THEN duration.inDays(earliest, d.started_max).days END AS days_most
WHERE days_least <= $days
RETURN p.name AS person, a.ended AS freed_on, a.status AS freed_as, d.started AS taken_again,
       days_least, days_most,
       CASE WHEN days_most <= $days THEN 'confirmed' ELSE 'possible' END AS certainty,
       d.status AS status, d.status_as_of AS status_as_of, a.started AS started,
       a.basis AS basis_before, d.basis AS basis,
       CASE WHEN 'alleged' IN [first.confidence, second.confidence, coalesce(a.status_confidence, a.confidence)] THEN 'alleged'
         WHEN 'reported' IN [first.confidence, second.confidence, coalesce(a.status_confidence, a.confidence)] THEN 'reported'
         ELSE 'documented' END AS confidence,
       a.disputed + d.disputed AS disputed,
       p.id AS person_id, a.id AS before_id, d.id AS detention_id,
       first.claims + second.claims AS sources
ORDER BY days_least, days_most, person, detention_id
